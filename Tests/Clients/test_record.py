"""The recording proxy: a client behind it sees KIS, the file sees everything, and a kill costs one line at most."""

import contextlib
import json
import signal
import subprocess

import pytest
import requests
from mock import BINARY, ROOT, first_line, run, serve
from websockets.sync.client import connect

KEYS = {"appkey": "RECORDKEY0000000000000000000000000001", "secretkey": "RecordSecret" * 15}


@contextlib.contextmanager
def recorder(mock, output, log, *arguments):
    """The proxy before a server, until it is stopped; gives its ready line and its process."""
    command = [
        BINARY, "record", "--output", output, "--upstream-rest", mock.rest, "--upstream-ws", mock.ws, "--rest-port", "0",
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
        with recorder(mock, output, tmp_path / "log", "--no-redact") as (ready, process):
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
        with recorder(mock, output, tmp_path / "log") as (ready, process):
            session(ready, 5)
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
    text = output.read_text(encoding="utf-8")
    assert KEYS["appkey"] not in text and "RecordSecret" not in text
    assert json.loads(text.splitlines()[0])["placeholders"]
    assert run("info", output).returncode == 0


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13])
def test_a_kill_leaves_a_recording_with_all_that_the_client_got(tmp_path, count):
    output = tmp_path / "session.jsonl"
    with serve(tmp_path / "mock.log", "--speed", "60") as mock:
        with recorder(mock, output, tmp_path / "log", "--no-redact") as (ready, process):
            with connect(f"{ready['ws']}/tryitout", ping_interval=None) as client:
                client.send(registration(approval_key(ready["rest"])))
                texts = [client.recv(timeout=20) for _ in range(count)]
                process.kill()
                process.wait(10)
    assert run("info", output).returncode == 0
    whole = [json.loads(line) for line in output.read_text(encoding="utf-8").split("\n")[1:-1]]
    sent = [event["ws"] for event in whole if "ws" in event and "from" not in event]
    assert sent[:count] == texts


def test_an_upstream_that_is_not_there_is_told(tmp_path):
    with serve(tmp_path / "mock.log") as mock:
        mock.rest = "http://127.0.0.1:9"
        with recorder(mock, tmp_path / "session.jsonl", tmp_path / "log") as (ready, _):
            with pytest.raises(requests.exceptions.ConnectionError):
                approval_key(ready["rest"])
            assert "nothing listens on port 9" in (tmp_path / "log").read_text(encoding="utf-8")
