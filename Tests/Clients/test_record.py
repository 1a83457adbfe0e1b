"""The recording proxy: a client behind it sees KIS, the file sees everything, and a kill costs one line at most."""

import contextlib
import json
import random
import signal
import subprocess

import canaries
import pytest
import requests
from mock import BINARY, ROOT, first_line, run, serve
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

KEYS = {"appkey": "RECORDKEY0000000000000000000000000001", "secretkey": "RecordSecret" * 15}


@contextlib.contextmanager
def recorder(rest, ws, output, log, *arguments):
    """The proxy before a server, until it is stopped; gives its ready line and its process."""
    command = [
        BINARY, "record", "--output", output, "--upstream-rest", rest, "--upstream-ws", ws, "--rest-port", "0",
        "--ws-port", "0", *arguments]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors)
    try:
        yield json.loads(first_line(process, log)), process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()


def events(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def approval_key(url):
    body = {"grant_type": "client_credentials", **KEYS}
    return requests.post(f"{url}/oauth2/Approval", json=body, timeout=10).json()["approval_key"]


def registration(key, tr_id="H0STCNT0", tr_key="005930"):
    return json.dumps({
        "header": {"approval_key": key, "custtype": "P", "tr_type": "1", "content-type": "utf-8"},
        "body": {"input": {"tr_id": tr_id, "tr_key": tr_key}}})


def session(ready, count):
    """Registers through the proxy and returns so many texts."""
    with connect(f"{ready['ws']}/tryitout", ping_interval=None) as client:
        assert client.protocol.extensions == []
        client.send(registration(approval_key(ready["rest"])))
        client.ping(b"hello").wait(10)
        return [client.recv(timeout=20) for _ in range(count)]


def test_what_a_client_sees_is_on_file(tmp_path):
    output = tmp_path / "session.jsonl"
    with serve(tmp_path / "mock.log", "--speed", "60") as mock:
        with recorder(mock.rest, mock.ws, output, tmp_path / "log", "--no-redact") as (ready, process):
            assert ready["event"] == "recording"
            texts = session(ready, 20)
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
    recorded = events(output)
    sent = [event["ws"] for event in recorded if "ws" in event and "from" not in event]
    assert sent[: len(texts)] == texts
    assert [event["rest"]["path"] for event in recorded if "rest" in event] == ["/oauth2/Approval"]
    assert any("open" in event for event in recorded) and any("ping" in event for event in recorded)
    assert any(event.get("close", {}).get("code") == 1000 for event in recorded)
    assert [event["t"] for event in recorded] == sorted(event["t"] for event in recorded)


def test_no_secret_is_on_file(tmp_path):
    output = tmp_path / "session.jsonl"
    with serve(tmp_path / "mock.log", "--speed", "60") as mock:
        with recorder(mock.rest, mock.ws, output, tmp_path / "log") as (ready, process):
            session(ready, 5)
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
    text = output.read_text(encoding="utf-8")
    assert KEYS["appkey"] not in text and "RecordSecret" not in text
    assert json.loads(text.splitlines()[0])["placeholders"]
    assert run("info", output).returncode == 0


def test_no_canary_is_in_any_output(tmp_path):
    """Each place in which a secret may pass, and each encoding of it."""
    assert len(canaries.CANARIES) >= 30
    output = tmp_path / "session.jsonl"
    with canaries.upstream() as (rest, ws):
        with recorder(rest, ws, output, tmp_path / "log") as (ready, process):
            received = canaries.talk(ready["rest"], ready["ws"])
            # The client is not lied to; only the file is.
            assert canaries.leaks(received[0].encode()) and received[1] == canaries.notice()
            # What is on file while it goes on is as clean as what is there in the end.
            assert not canaries.leaks(output.read_bytes())
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
    assert not canaries.leaks(output.read_bytes(), (tmp_path / "log").read_bytes())
    assert len(list(tmp_path.iterdir())) == 2, "nothing is left beside the recording"
    header = json.loads(output.read_text(encoding="utf-8").splitlines()[0])
    kinds = {placeholder["kind"] for placeholder in header["placeholders"]}
    assert {"app-key", "app-secret", "token", "approval-key", "account", "hts-id", "name", "iv", "key"} <= kinds
    notices = [event["ws"] for event in events(output) if event.get("ws", "").startswith("1|H0STCNI0|001|")]
    assert len(notices) == 1 and notices[0].count("^") == 25, "a notice is kept decrypted"
    result = run("lint", output)
    assert result.returncode == 0, result.stdout + result.stderr


def test_fifty_kills_leave_recordings_with_all_that_the_client_got(tmp_path):
    """Killed at any moment it loses the last line at most, and the header has the placeholders."""
    moments = random.Random(20260928)
    with serve(tmp_path / "mock.log", "--speed", "60") as mock:
        for number in range(50):
            # The market of a day at this speed may close within the time that fifty kills take on a busy machine.
            sought = requests.post(f"{mock.admin}/replay/seek", json={"time": "09:00:00"}, timeout=10)
            assert sought.status_code == 200, sought.text
            output = tmp_path / f"{number}.jsonl"
            is_redacted = number % 2 == 1
            with recorder(
                mock.rest, mock.ws, output, tmp_path / "log", *([] if is_redacted else ["--no-redact"])
            ) as (ready, process):
                key = approval_key(ready["rest"])
                texts = []
                with connect(f"{ready['ws']}/tryitout", ping_interval=None) as client:
                    client.send(registration(key))
                    client.send(registration(key, "H0STASP0"))
                    for _ in range(moments.randrange(1, 60)):
                        texts.append(client.recv(timeout=20))
                    process.kill()
                    process.wait(10)
                    with contextlib.suppress(ConnectionClosed):
                        while True:
                            texts.append(client.recv(timeout=20))
            assert run("info", output).returncode == 0
            lines = output.read_text(encoding="utf-8").split("\n")
            sent = [event["ws"] for event in map(json.loads, lines[1:-1]) if "ws" in event and "from" not in event]
            frames = [text for text in texts if text[0] in "01"]
            assert [text for text in sent if text[0] in "01"][: len(frames)] == frames
            if is_redacted:
                assert key not in output.read_text(encoding="utf-8") and json.loads(lines[0])["placeholders"]


def test_an_upstream_that_needs_tls_is_refused_by_a_build_without(tmp_path):
    """Unless the build has it, one line says how to get one that does, and nothing is left."""
    output = tmp_path / "session.jsonl"
    result = run("record", "--output", output, "--duration", "1ms", "--rest-port", "0", "--ws-port", "0")
    if result.returncode != 0:
        assert result.returncode == 2 and "--traits TLS" in result.stderr and not output.exists()


def test_a_recording_ends_at_its_size_and_at_its_time(tmp_path):
    with serve(tmp_path / "mock.log", "--speed", "600") as mock:
        output = tmp_path / "small.jsonl"
        with recorder(mock.rest, mock.ws, output, tmp_path / "log", "--max-size", "20KB", "--no-redact") as (
                ready, process):
            with contextlib.suppress(ConnectionClosed):
                session(ready, 10_000)
            assert process.wait(20) == 0
        assert output.stat().st_size < 200_000 and "--max-size" in (tmp_path / "log").read_text(encoding="utf-8")
        output = tmp_path / "short.jsonl"
        with recorder(mock.rest, mock.ws, output, tmp_path / "log", "--duration", "10ms") as (_, process):
            assert process.wait(20) == 0
        assert run("info", output).returncode == 0


def test_an_upstream_that_is_not_there_is_told(tmp_path):
    nowhere = "http://127.0.0.1:9"
    with recorder(nowhere, nowhere, tmp_path / "session.jsonl", tmp_path / "log") as (ready, process):
        with pytest.raises(requests.exceptions.ConnectionError):
            approval_key(ready["rest"])
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert "nothing listens on port 9" in (tmp_path / "log").read_text(encoding="utf-8")
