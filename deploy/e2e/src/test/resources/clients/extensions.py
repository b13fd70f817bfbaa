"""Submits two messages with extensions of SMTP. Arguments: port certificate."""
import email.message
import email.policy
import smtplib
import ssl
import sys

port, certificate = sys.argv[1:]
smtp = smtplib.SMTP("127.0.0.1", int(port))
smtp.starttls(context=ssl.create_default_context(cafile=certificate))
smtp.login("alice", "alice-password")
for keyword in ("chunking", "dsn", "limits", "futurerelease", "requiretls", "smtputf8"):
    if not smtp.has_extn(keyword):
        sys.exit(f"{keyword} is not offered")

# RFC 3461, RFC 4865
smtp.sendmail(
    "alice@example.test",
    ["bob@example.test"],
    "From: alice@example.test\r\nTo: bob@example.test\r\nSubject: smtplib with DSN\r\n\r\nHello.\r\n",
    mail_options=["RET=FULL", "ENVID=smtplib+2B1", "HOLDFOR=1"],
    rcpt_options=["NOTIFY=DELAY,FAILURE", "ORCPT=rfc822;bob@example.test"],
)

# RFC 6531
message = email.message.EmailMessage(policy=email.policy.SMTPUTF8)
message["From"] = "alice@example.test"
message["To"] = "bob@example.test, j\u00fcrgen@example.test"
message["Subject"] = "Gr\u00fc\u00dfe, smtplib"
message.set_content("Hello.\n")
smtp.send_message(message)
smtp.quit()
