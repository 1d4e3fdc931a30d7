"""Telling people how builds go: each thing once, by mail, to a web address, by a command."""

import json
import socket
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from aiosmtpd.controller import Controller
from small_studies import BLOCKS, study_file

from studylib.build.telling import history, notify, send
from studylib.errors import BusyError, DataError, UsageError
from studylib.project import PROCESSED
from studylib.study.model import load
from studylib.study.notify import Notify, checked


class Letters:
    """What a mail server does with a mail: keep it."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - its name in aiosmtpd
        """Keep who, to whom and what."""
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def post():
    """A mail server on this machine: (host:port, its mails)."""
    letters = Letters()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(letters, hostname="127.0.0.1", port=port)
    server.start()
    yield f"127.0.0.1:{port}", letters.mails
    server.stop()


@pytest.fixture
def web():
    """A web hook on this machine: (address, what was posted); an answer of 500 below /broken."""
    posted = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(500 if self.path == "/broken" else 204)
            self.end_headers()

        def log_message(self, *_said):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", posted
        server.shutdown()
        thread.join()


@pytest.fixture
def told(tmp_path, monkeypatch):
    """A study that tells: `told(block)` gives a function that ends a build in a way."""
    monkeypatch.setenv(PROCESSED, str(tmp_path / "work"))
    said = []

    def of(block):
        path = study_file(tmp_path, *BLOCKS, f"[notify]\n{block}\n")
        (tmp_path / "work" / "tiny").mkdir(parents=True, exist_ok=True)

        def build(ends=None, results=None):
            """A build that raises an error, or publishes these results."""
            with notify.told(path, tmp_path, None, said.append):
                if ends:
                    raise ends
                if results:
                    release = tmp_path / f"release-{len(list(tmp_path.glob('release-*')))}"
                    release.mkdir()
                    (release / "results.json").write_text(json.dumps({"results": results}))
                    (tmp_path / "tiny").unlink(missing_ok=True)
                    (tmp_path / "tiny").symlink_to(release)

        build.said, build.path = said, path
        return build

    return of


def failing(build, error):
    """A build that fails so; the error arrives as it was."""
    with pytest.raises(type(error)) as caught:
        build(error)
    assert caught.value is error


def test_a_failure_is_told_once_and_so_is_that_it_is_over(told, post, web):
    """By mail and to the web; another failure is another message; paths stay on this machine."""
    address, posted = web
    build = told(f'to = ["mailto:team@example.org", "{address}/x"]\nsmtp = "{post[0]}"')
    build()
    for _night in range(3):
        failing(build, DataError("'/home/me/lens.csv' cannot be read."))
    failing(build, DataError("Another one."))
    for _night in range(2):
        build()
    events = [(one["study"], one["event"]) for one in posted]
    assert events == [("tiny", "failed"), ("tiny", "failed"), ("tiny", "recovered")]
    assert posted[0]["message"].endswith("'lens.csv' cannot be read.")
    assert [to for _, to, _ in post[1]] == [["team@example.org"]] * 3
    assert "Subject: tiny: failed" in post[1][0][2]
    assert "From: studylib@localhost" in post[1][0][2]
    assert "Subject: tiny: recovered" in post[1][2][2]
    assert build.said == []


def test_results_are_told_that_changed_by_more_than_was_asked(told, web):
    """A number by more than this part of what it was; with nothing said, everything."""
    address, posted = web
    old = {"kets/photonics/n": 100, "kets/bio/n": 10, "answer/20": "Ten."}
    build = told(f'to = ["{address}"]\nchange = 0.05')
    build(results=old)
    build(results={**old, "kets/photonics/n": 104, "answer/20": "Four."})
    assert posted == []
    build(results={**old, "kets/photonics/n": 110, "kets/bio/n": 10})
    [one] = posted
    assert one["message"] == "1 result of tiny changed:\n\nkets/photonics/n: 104 -> 110"
    build = told(f'to = ["{address}"]')
    build(results={**old, "answer/20": "Nine."})
    assert "answer/20: Ten. -> Nine." in posted[1]["message"]


def test_overdue_is_told_once_until_a_build_is_good(told, web, tmp_path, monkeypatch):
    """`studylib status --notify` says that nothing was built for longer than people wait."""
    address, posted = web
    path = told(f'to = ["{address}"]\noverdue_days = 3').path
    days = {"n": 2}

    def runs(_reports, _study_id):
        """One good build, so many days ago."""
        then = datetime(2026, 1, 10, tzinfo=UTC) if days["n"] > 3 else datetime.now(UTC)
        when = then - timedelta(days=days["n"])
        return [{"time": when.strftime("%Y-%m-%dT%H:%M:%SZ"), "outcome": history.BUILT}]

    monkeypatch.setattr(history, "runs", runs)
    notify.tell_overdue(path, tmp_path, None, print)
    assert posted == []
    days["n"] = 4
    for _look in range(2):
        notify.tell_overdue(path, tmp_path, None, print)
    [one] = posted
    assert one["event"] == "overdue"
    assert one["message"] == (
        "The last good build is of 2026-01-06T00:00:00Z, and one is expected every 3 days. Is the "
        "timer running?"
    )


def test_what_could_not_be_sent_is_told_again(told, web):
    """A server that is off changes nothing of a build; no address is shown, it may be a secret."""
    address, posted = web
    build = told(f'to = ["{address}/broken"]')
    for _night in range(2):
        failing(build, DataError("Broken."))
    assert len(posted) == 2
    said = "tiny: could not be told (failed): http: HTTPError: HTTP Error 500: Internal Server"
    assert build.said == [f"{said} Error"] * 2


def test_a_command_has_the_message_on_its_input(tmp_path):
    """Without a shell; one that fails is a sentence."""
    code = (
        "import os, sys\n"
        "open(sys.argv[1], 'w').write(os.environ['STUDYLIB_EVENT'] + sys.stdin.read())"
    )
    to = Notify(command=(sys.executable, "-c", code, str(tmp_path / "told; ls")))
    assert send.send(to, "tiny", "failed", "a\n$(b)") == []
    assert (tmp_path / "told; ls").read_text() == "faileda\n$(b)"
    to = Notify(command=(sys.executable, "-c", "import sys; sys.exit('no')"))
    assert send.send(to, "tiny", "failed", "") == ["command: OSError: ended with 1: no"]


def test_a_password_is_sent_to_no_server_without_encryption(post, monkeypatch):
    """It stands in the environment, and stays there."""
    monkeypatch.setenv(send.USER, "me")
    monkeypatch.setenv(send.PASSWORD, "secret")
    to = Notify(to=("mailto:a@example.org",), smtp=post[0])
    [problem] = send.send(to, "tiny", "failed", "x")
    assert problem.endswith("the server offers no encryption, so no password is sent")
    assert post[1] == []


def test_other_services_need_apprise(monkeypatch):
    """Without it a sentence says how to get it."""
    monkeypatch.setitem(sys.modules, "apprise", None)
    [problem] = send.send(Notify(to=("slack://a/b/c",)), "tiny", "failed", "x")
    assert problem == (
        "slack: ValueError: is sent by apprise, which is not installed: pip install apprise"
    )


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"to": ["team@example.org"]}, "'team@example.org' is no address like mailto:team@"),
        ({"to": ["mailto:a b@c"]}, "'mailto:a b@c' is no address of mail"),
        ({"to": ["mailto:a@b\nBcc: c@d"]}, "is no address of mail"),
        ({"sender": "me"}, "'me' is no address of mail"),
        ({"smtp": "localhost"}, "mistake in `smtp`: "),
        ({"on": ["always"]}, "mistake in `on.0`: "),
        ({"colour": 1}, "mistake in `colour`: "),
        ({"change": -1}, "mistake in `change`: "),
    ],
)
def test_a_mistake_in_the_block_is_told(block, said):
    """With what is known."""
    with pytest.raises(UsageError, match=said):
        checked(block, "study.toml")


def test_whom_to_tell_may_stand_in_a_file_of_its_own(told, tmp_path):
    """It holds secrets, and is no part of what pages are made of."""
    path = told("to = []").path
    own = tmp_path / "mine.toml"
    own.write_text('to = ["https://example.org/secret"]\n')
    assert notify.of_study(path, own).to == ("https://example.org/secret",)
    assert load(path).notify.to == ()
    own.write_text("to =")
    with pytest.raises(UsageError, match=r"mine\.toml' cannot be read as TOML"):
        notify.of_study(path, own)
    plain = study_file(tmp_path / "plain")
    assert notify.of_study(plain) is None
    with pytest.raises(UsageError, match="says nobody to tell; add `\\[notify\\]`"):
        notify.tell_overdue(plain, tmp_path, None, print)


def test_a_build_that_was_not_alone_tells_nothing(told, web):
    """The other one tells."""
    address, posted = web
    failing(told(f'to = ["{address}"]'), BusyError("Another build writes."))
    assert posted == []
