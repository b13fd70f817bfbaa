"""Reads mails with Python's email package: no part of any may have a defect, and every part is what it says it is."""
import email
import email.policy
import sys

STATUS = ("message/delivery-status", "message/global-delivery-status")

for name in sys.argv[1:]:
    with open(name, "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.SMTPUTF8)
    for part in mail.walk():
        assert not part.defects, (name, part.get_content_type(), part.defects)
    for field in ("From", "Date", "Message-ID", "Subject"):
        assert mail[field] and not mail[field].defects, (name, field, mail[field].defects)
    assert len(mail["To"].addresses) == 1, (name, mail["To"])
    for form in ("plain", "html"):
        assert mail.get_body((form,)).get_content().strip(), (name, form)
    if mail.get_content_type() == "multipart/report":
        parts = list(mail.iter_parts())
        assert parts[1].get_content_type() in STATUS, (name, parts[1].get_content_type())
        assert mail["Content-Type"].params["report-type"] == parts[1].get_content_subtype(), name  # RFC 6522 3
        assert b"Final-Recipient:" in parts[1].as_bytes(), name
print("read", len(sys.argv) - 1)
