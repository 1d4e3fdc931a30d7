"""
One message sent: by mail, to a web address, to a service apprise knows, or by a command.

    mailto:team@example.org   SMTP of `smtp`; name and password in the environment, if it asks
    https://hooks.example.org a POST of JSON: study, event, message
    anything else             apprise, where it is installed (`pip install apprise`)
    command                   started with the message on its input; study and event in its
                              environment
"""

import json
import os
import smtplib
import ssl
import subprocess
import urllib.request
from collections.abc import Callable
from email.message import EmailMessage
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studylib.study.notify import Notify

USER, PASSWORD = "STUDYLIB_SMTP_USER", "STUDYLIB_SMTP_PASSWORD"
PATIENCE = 20.0  # [s]


def send(to: "Notify", study_id: str, event: str, text: str) -> list[str]:
    """Send a message to everybody; what went wrong, a sentence for each who was not reached."""
    problems = []
    for address in to.to:
        kind = address.partition(":")[0]
        way = {"mailto": _mail, "http": _web, "https": _web}.get(kind, _apprise)
        problems += _tried(kind, partial(way, to, address, study_id, event, text))
    if to.command:
        problems += _tried("command", partial(_command, to.command, study_id, event, text))
    return problems


def _tried(what: str, do: Callable[[], None]) -> list[str]:
    """What went wrong; of an address only its kind, for it may hold a password."""
    try:
        do()
    except Exception as error:  # noqa: BLE001 - whatever a server does, the build ends as it does
        said = str(error).splitlines()[:1]
        return [f"{what}: {type(error).__name__}: {said[0] if said else 'no message'}"]
    return []


def _mail(to: "Notify", address: str, study_id: str, event: str, text: str) -> None:
    """A mail of plain text; encrypted where the server can."""
    mail = EmailMessage()
    mail["Subject"] = f"{study_id}: {event}"
    mail["From"] = to.sender
    mail["To"] = address.partition(":")[2]
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text + "\n")
    host, _colon, port = to.smtp.rpartition(":")
    with smtplib.SMTP(host.strip("[]"), int(port), timeout=PATIENCE) as server:
        server.ehlo()
        user = os.environ.get(USER)
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        elif user:
            raise smtplib.SMTPException("the server offers no encryption, so no password is sent")
        if user:
            server.login(user, os.environ.get(PASSWORD, ""))
        server.send_message(mail)


def _web(_to: "Notify", address: str, study_id: str, event: str, text: str) -> None:
    """A POST of JSON; `text` too, which chat services show."""
    told = {"study": study_id, "event": event, "message": text, "text": f"{study_id}: {text}"}
    asked = urllib.request.Request(  # noqa: S310 - http or https, by `send`
        address, json.dumps(told).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(asked, timeout=PATIENCE):  # noqa: S310
        pass


def _apprise(_to: "Notify", address: str, study_id: str, event: str, text: str) -> None:
    """By a service that apprise knows."""
    try:
        import apprise  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        said = "is sent by apprise, which is not installed: pip install apprise"
        raise ValueError(said) from None
    ways = apprise.Apprise()
    if not (ways.add(address) and ways.notify(title=f"{study_id}: {event}", body=text)):
        raise ValueError("apprise could not send it")


def _command(command: tuple[str, ...], study_id: str, event: str, text: str) -> None:
    """Start a command, without a shell."""
    told = {"STUDYLIB_STUDY": study_id, "STUDYLIB_EVENT": event}
    done = subprocess.run(  # noqa: S603 - what the study file's owner asked for
        list(command), input=text, env={**os.environ, **told}, timeout=PATIENCE, text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise OSError(f"ended with {done.returncode}: {done.stderr.strip()[:200]}")
