"""Submits a message as Python programs do. Arguments: STARTTLS|TLS port certificate login password from to file."""
import smtplib
import ssl
import sys

tls, port, certificate, login, password, sender, recipient, file = sys.argv[1:]
context = ssl.create_default_context(cafile=certificate)
if tls == "TLS":
    smtp = smtplib.SMTP_SSL("127.0.0.1", int(port), context=context)
else:
    smtp = smtplib.SMTP("127.0.0.1", int(port))
    smtp.starttls(context=context)
smtp.login(login, password)
with open(file, encoding="ascii") as message:
    try:
        smtp.sendmail(sender, [recipient], message.read())
    except smtplib.SMTPDataError as refused:
        sys.exit(f"{refused.smtp_code} {refused.smtp_error.decode()}")
smtp.quit()
