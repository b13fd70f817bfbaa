"""Signs in by one mechanism as Python programs do. Arguments: port certificate mechanism login secret."""
import smtplib
import ssl
import sys

port, certificate, mechanism, login, secret = sys.argv[1:]
with smtplib.SMTP("127.0.0.1", int(port)) as smtp:
    smtp.starttls(context=ssl.create_default_context(cafile=certificate))
    smtp.ehlo()
    smtp.user, smtp.password = login, secret
    if mechanism == "XOAUTH2":
        smtp.auth(mechanism, lambda challenge=None: f"user={login}\x01auth=Bearer {secret}\x01\x01")
    else:
        smtp.auth(mechanism, getattr(smtp, "auth_" + mechanism.lower()))
