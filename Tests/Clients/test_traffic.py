"""What a mock says and hears, written down: by an option, by a scenario, by the admin API, and the last seconds at any time."""

import json
import os
import subprocess
import sys
import textwrap

import pytest
import recording
import requests
from mock import BINARY, run, serve
from test_captured_replay import Client

SECRETS = ("KEYA", "SECRETA")


def events(text):
    header, *lines = map(json.loads, text.splitlines())
    assert header["kis_recording"] == 2 and header["provenance"] == "simulated"
    return lines


def from_server(lines):
    return [line["ws"] for line in lines if "ws" in line and line.get("from") != "client"]


def talk(mock, frames=6):
    """A session with notices; returns its frames, notices decrypted."""
    client = Client(mock, "A")
    assert client.register("H0STCNT0", "005930") == "OPSP0000"
    assert client.register("H0STCNI0", recording.HTS_ID) == "OPSP0000"
    seen = []
    while len(seen) < frames:
        text = client.socket.recv(timeout=20)
        if text[0] in "01":
            seen.append(text)
    notices = [client.decrypted(text) for text in seen if text[0] == "1"]
    client.socket.close()
    return seen, notices


def check(lines, seen, notices):
    """What is recorded is what the client got; notices are readable."""
    sent = from_server(lines)
    trades = [text for text in sent if text.startswith("0|H0STCNT0")]
    got = [text for text in seen if text.startswith("0|H0STCNT0")]
    # The first may have come in front of the reply to the second registration, where the client does not keep them.
    assert any(trades[start:start + len(got)] == got for start in range(len(trades)))
    readable = [text.split("|")[3] for text in sent if text.startswith("1|H0STCNI0")]
    assert len(readable) >= len(notices) > 0
    # But for who it is about, which has placeholders.
    assert readable[0].split("^")[8] == notices[0].split("^")[8] and recording.ACCOUNT not in readable[0]
    assert [line["open"]["path"] for line in lines if "open" in line] == ["/tryitout"]
    assert sum(line.get("from") == "client" and "ws" in line for line in lines) == 2
    assert [line["t"] for line in lines] == sorted(line["t"] for line in lines)
    text = json.dumps(lines)
    assert not any(secret in text for secret in (*SECRETS, recording.HTS_ID))


@pytest.mark.parametrize("how", ["option", "scenario", "admin"])
def test_a_recording_holds_what_a_client_got_and_can_be_served(tmp_path, how):
    played = recording.write(tmp_path / "played.jsonl")
    output = tmp_path / "seen.jsonl"
    arguments = [played, "--only-recorded"]
    if how == "option":
        arguments += ["--record", output]
    if how == "scenario":
        (tmp_path / "scenario.yaml").write_text(
            f"recording: {played}\nrecord: {output}\n", encoding="utf-8")
        arguments = ["--scenario", tmp_path / "scenario.yaml", "--only-recorded"]
    with serve(tmp_path / "log", *arguments) as mock:
        if how == "admin":
            asked = requests.post(f"{mock.admin}/recordings/start", json={"file": str(output)}, timeout=10)
            assert asked.json()["recording"], asked.text
            again = requests.post(f"{mock.admin}/recordings/start", json={"file": str(output)}, timeout=10)
            assert again.status_code == 409 and "already" in again.text
        seen, notices = talk(mock)
        if how == "admin":
            stopped = requests.post(f"{mock.admin}/recordings/stop", timeout=10).json()
            assert stopped["file"] == str(output) and stopped["bytes"] > 0
            assert requests.post(f"{mock.admin}/recordings/stop", timeout=10).status_code == 409
    check(events(output.read_text(encoding="utf-8")), seen, notices)
    assert run("lint", output).returncode == 0
    with serve(tmp_path / "again.log", output, "--only-recorded", "--clock", "virtual") as mock:
        client = Client(mock, "B")
        assert client.register("H0STCNT0", "005930") == "OPSP0000"
        assert client.socket.recv(timeout=20).startswith("0|H0STCNT0")


def test_the_last_seconds_are_there_without_having_been_asked_for(tmp_path):
    played = recording.write(tmp_path / "played.jsonl")
    with serve(tmp_path / "log", played, "--only-recorded") as mock:
        seen, notices = talk(mock)
        snapshot = requests.get(f"{mock.admin}/recordings/snapshot?last=60s", timeout=10)
        nothing = requests.get(f"{mock.admin}/recordings/snapshot?last=0s", timeout=10)
        wrong = requests.get(f"{mock.admin}/recordings/snapshot?last=soon", timeout=10)
        typed = run("recordings", "snapshot", "--admin-url", mock.admin)
    assert typed.stdout.splitlines()[1:] == snapshot.text.splitlines()[1:]
    check(events(snapshot.text), seen, notices)
    assert any("rest" in line for line in events(snapshot.text))
    assert len(nothing.text.splitlines()) == 1
    assert wrong.status_code == 400 and "duration" in wrong.text
    (tmp_path / "snapshot.jsonl").write_text(snapshot.text, encoding="utf-8")
    assert run("info", tmp_path / "snapshot.jsonl").returncode == 0


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    output = tmp_path / "mine.jsonl"
    output.write_text("mine")
    result = subprocess.run(
        [BINARY, "serve", "--rest-port", "0", "--ws-port", "0", "--record", output], capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=30)
    assert result.returncode == 2 and "exists already" in result.stderr and output.read_text() == "mine"
    with serve(tmp_path / "log") as mock:
        asked = requests.post(f"{mock.admin}/recordings/start", json={"file": str(output)}, timeout=10)
        assert asked.status_code == 409
        asked = requests.post(f"{mock.admin}/recordings/start", json={"file": "/etc/passwd"}, timeout=10)
        assert asked.status_code == 400 and ".jsonl" in asked.text
    assert output.read_text() == "mine"


CLIENT = """
    import json, os, requests
    from websockets.sync.client import connect
    body = {"grant_type": "client_credentials", "appkey": os.environ["KIS_APP_KEY"], "secretkey": os.environ["KIS_APP_SECRET"]}
    key = requests.post(os.environ["KIS_REST_URL"] + "/oauth2/Approval", json=body).json()["approval_key"]
    with connect(os.environ["KIS_WS_URL"] + "/tryitout") as socket:
        def register(tr_id, tr_key):
            socket.send(json.dumps({
                "header": {"approval_key": key, "custtype": "P", "tr_type": "1", "content-type": "utf-8"},
                "body": {"input": {"tr_id": tr_id, "tr_key": tr_key}}}))
            return socket.recv(timeout=20)
        register("H0STCNT0", "005930")
        assert socket.recv(timeout=20).startswith("0|")
        register(os.environ.get("SECOND", "H0STASP0"), "005930")
"""


def golden(tmp_path, *arguments, **variables):
    frame = recording.FRAMES[0]
    played = tmp_path / "played.jsonl"
    if not played.exists():
        recording.write(played, [frame], rounds=2, gap_milliseconds=60_000)
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | variables
    return subprocess.run(
        [BINARY, "run", "--recording", played, "--clock", "scaled", "--speed", "60", "--golden",
         tmp_path / "golden.txt", *arguments, "--", sys.executable, "-c", textwrap.dedent(CLIENT)],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, env=environment)


def test_a_client_that_behaves_otherwise_fails_until_it_is_accepted(tmp_path):
    accepted, new = tmp_path / "golden.txt", tmp_path / "golden.txt.new"
    first = golden(tmp_path)
    assert first.returncode == 1 and "--accept" in first.stderr, first.stderr
    assert not accepted.exists() and new.exists()
    assert golden(tmp_path, "--accept").returncode == 0
    assert not new.exists()
    text = accepted.read_text(encoding="utf-8")
    assert "after 0 frames: register H0STCNT0 005930 → OPSP0000" in text
    assert "after 1 frames: register H0STASP0 005930 → OPSP0000" in text
    assert "POST /oauth2/Approval" in text and "kis-mock-app-key" not in text
    # The same again, with other keys.
    same = golden(tmp_path, KIS_MOCK_SEED="1")
    assert same.returncode == 0, same.stderr
    changed = golden(tmp_path, SECOND="H0STANC0")
    assert changed.returncode == 1
    assert "- after 1 frames: register H0STASP0 005930" in changed.stderr
    assert "+ after 1 frames: register H0STANC0 005930" in changed.stderr
    assert accepted.read_text(encoding="utf-8") == text and new.exists()


def test_a_build_machine_accepts_nothing(tmp_path):
    assert golden(tmp_path, "--accept").returncode == 0
    accepted = (tmp_path / "golden.txt").read_text(encoding="utf-8")
    changed = golden(tmp_path, SECOND="H0STANC0", CI="true")
    assert changed.returncode == 1 and not (tmp_path / "golden.txt.new").exists()
    assert "+ after 1 frames: register H0STANC0" in changed.stderr
    refused = golden(tmp_path, "--accept", SECOND="H0STANC0", CI="true")
    assert refused.returncode == 2 and "CI=true" in refused.stderr
    assert (tmp_path / "golden.txt").read_text(encoding="utf-8") == accepted
