"""The verbs that edit recordings, as a user calls them: files, pipes, exit codes."""

import json
import subprocess
import sys
import textwrap

import pytest
import recording
from mock import BINARY, run

HEADER = {
    "kis_recording": 2, "start": "2026-09-21T10:00:00+09:00", "venue": "real", "dialect": "2026-09-21",
    "provenance": "captured", "source": "a test", "title": "a session",
}
ACCOUNT, APP_KEY = "81234567", "PSq7Zx91kLmN2vB8cD4fG6hJ0wE3rT5yU7i9"


def lines(count=400):
    yield HEADER
    yield {"t": 0, "conn": 1, "open": {"path": "/tryitout", "headers": {"Host": "127.0.0.1"}}}
    register = {
        "header": {"approval_key": "7d0f5ff9-dcb6-46c5-bcff-f54584909d26", "custtype": "P", "tr_type": "1"},
        "body": {"input": {"tr_id": "H0UPPGM0", "tr_key": "0001"}},
    }
    yield {"t": 1, "conn": 1, "from": "client", "ws": json.dumps(register)}
    yield {"t": 2, "rest": {
        "method": "GET", "path": "/uapi/domestic-stock/v1/trading/inquire-balance", "tr_id": "TTTC8434R",
        "parameters": {"CANO": ACCOUNT, "ACNT_PRDT_CD": "01"}, "request_headers": {"appkey": APP_KEY}, "status": 200,
        "took": 5000000, "body": {"rt_cd": "0", "msg_cd": "X", "msg1": f"account {ACCOUNT}-01"}}}
    for number in range(count):
        values = "^".join(["0001", f"10{number // 60 % 60:02d}{number % 60:02d}"] + ["0"] * 86)
        yield {"t": 1_000_000_000 * (number + 1), "conn": 1, "ws": f"0|H0UPPGM0|001|{values}"}


@pytest.fixture
def session(tmp_path):
    path = tmp_path / "session.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines()))
    return path


def test_the_parts_of_a_recording_make_it_again(session, tmp_path):
    first, second, again = (tmp_path / name for name in ("first.jsonl", "second.jsonl", "again.jsonl"))
    assert run("trim", session, "--to", "10:03:00", "--output", first).returncode == 0
    result = run("trim", session, "--from", "10:03:00", "--output", second, "--json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["carried"] == 2
    assert "carried 2" in result.stderr
    assert second.read_text().count('"carried":true') == 2
    assert run("merge", second, first, "--output", again).returncode == 0
    assert again.read_bytes() == session.read_bytes()


def test_an_index_beside_a_recording_changes_nothing_but_the_time(session, tmp_path):
    plain, cut = tmp_path / "plain.jsonl", tmp_path / "cut.jsonl"
    arguments = ("--from", "10:03:00", "--to", "10:03:20")
    assert run("trim", session, *arguments, "--output", plain).returncode == 0
    indexed = run("info", session, "--index")
    assert indexed.returncode == 0 and (tmp_path / "session.jsonl.index").exists()
    result = run("trim", session, *arguments, "--output", cut)
    assert result.returncode == 0 and "index" not in result.stderr
    assert cut.read_bytes() == plain.read_bytes()
    session.write_text(session.read_text() + '{"t":500000000000,"marker":"later"}\n')
    result = run("trim", session, *arguments, "--output", cut, "--force")
    assert result.returncode == 0 and "session.jsonl.index is of another state" in result.stderr
    assert cut.read_bytes() == plain.read_bytes()


def test_a_tr_that_a_recording_does_not_have_is_told(session, tmp_path):
    result = run("trim", session, "--tr", "H0STCTN0", "--output", tmp_path / "part.jsonl")
    assert result.returncode == 1 and "nothing of H0STCTN0" in result.stderr
    assert not (tmp_path / "part.jsonl").exists()


def test_nothing_is_overwritten_or_left_half(session, tmp_path):
    other = tmp_path / "other.jsonl"
    other.write_text("mine")
    refused = run("trim", session, "--output", other)
    assert refused.returncode == 2 and "--force" in refused.stderr
    assert other.read_text() == "mine"
    assert run("trim", session, "--from", "23:00", "--output", other, "--force").returncode == 1
    assert other.read_text() == "mine"
    assert run("trim", session, "--output", other, "--force").returncode == 0
    assert other.read_bytes() == session.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.jsonl", "session.jsonl"]


def test_secrets_are_found_and_taken_out(session, tmp_path):
    clean = tmp_path / "clean.jsonl"
    found = run("lint", session)
    assert found.returncode == 1 and "account" in found.stdout and APP_KEY not in found.stdout
    result = run("redact", session, "--output", clean, "--json")
    assert result.returncode == 0, result.stderr
    text = clean.read_text()
    assert ACCOUNT not in text and APP_KEY not in text
    placeholders = json.loads(text.splitlines()[0])["placeholders"]
    assert {entry["kind"] for entry in placeholders} >= {"account", "app-key", "approval-key"}
    assert run("lint", clean).returncode == 0
    again = tmp_path / "again.jsonl"
    assert run("redact", clean, "--output", again).returncode == 0
    assert again.read_bytes() == clean.read_bytes()


def test_two_recordings_are_compared_by_what_they_mean(session, tmp_path):
    other = tmp_path / "other.jsonl"
    other.write_text(session.read_text().replace('"conn":1', '"conn":5'))
    assert run("diff", session, other).returncode == 0
    changed = session.read_text().splitlines()
    changed[100] = changed[100].replace("^0^0^", "^7^0^", 1)
    other.write_text("\n".join(changed) + "\n")
    result = run("diff", session, other)
    assert result.returncode == 1
    assert "H0UPPGM0 0001 changed" in result.stdout and "0 → 7" in result.stdout and ":101" in result.stdout
    assert json.loads(run("diff", session, other, "--json").stdout)["counts"][0]["count"] == 1


def test_a_cut_recording_is_read_and_told(session, tmp_path):
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(session.read_bytes()[:-20])
    assert "cut in its last line" in run("info", cut).stdout
    result = run("trim", cut, "--output", tmp_path / "whole.jsonl")
    assert result.returncode == 0 and "middle of a line" in result.stderr
    result = run("lint", cut)
    assert result.returncode == run("lint", session).returncode and "middle of a line" in result.stderr


# Fails when a frame of 10:04:13 comes.
CLIENT = """
    import json, os, sys, requests, websocket
    key = requests.post(os.environ["KIS_REST_URL"] + "/oauth2/Approval", json={
        "grant_type": "client_credentials", "appkey": os.environ["KIS_APP_KEY"],
        "secretkey": os.environ["KIS_APP_SECRET"]}).json()["approval_key"]
    ws = websocket.create_connection(os.environ["KIS_WS_URL"] + "/tryitout", timeout=3)
    ws.send(json.dumps({"header": {"approval_key": key, "custtype": "P", "tr_type": "1", "content-type": "utf-8"},
                        "body": {"input": {"tr_id": "H0UPPGM0", "tr_key": "0001"}}}))
    try:
        while True:
            text = ws.recv()
            if "PINGPONG" in text: ws.send(text)
            if not text: break
            if "^100413^" in text: sys.exit(7)
    except websocket.WebSocketTimeoutException:
        pass
"""


def test_a_failing_session_shrinks_to_its_one_event(session, tmp_path):
    smallest = tmp_path / "smallest.jsonl"
    result = run(
        "shrink", session, "--output", smallest, "--events-only", "--json", "--", sys.executable, "-c",
        textwrap.dedent(CLIENT))
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    assert report["events"] == 1 and report["runs"] <= 25
    (event,) = smallest.read_text().splitlines()[1:]
    assert "^100413^" in event
    assert len(list((tmp_path / "smallest.jsonl.history").iterdir())) > 1


@pytest.mark.parametrize("command, code", [("exit 0", 3), ("exit 4", 1)])
def test_what_never_fails_or_always_fails_is_refused(session, tmp_path, command, code):
    smallest = tmp_path / "smallest.jsonl"
    assert run("shrink", session, "--output", smallest, "--", "sh", "-c", command).returncode == code


def test_a_flaky_command_is_refused_unless_told_how_often_it_fails(session, tmp_path):
    state = tmp_path / "state"
    flaky = f'n=$(cat {state} 2>/dev/null || echo 0); echo $((n + 1)) > {state}; exit $((n % 2 == 0))'
    result = run("shrink", session, "--output", tmp_path / "smallest.jsonl", "--", "sh", "-c", flaky)
    assert result.returncode == 1 and "1 times of 2" in result.stderr


def test_a_failing_session_shrinks_to_the_values_and_faults_that_it_takes(tmp_path):
    """Fails when a trade of zero shares comes while the gateway answers 503; two faults and most values have no part in it."""
    lines = [recording.HEADER]
    for number in range(8):
        values = recording.TRADE.split("^")
        values[12] = "0" if number == 5 else "7"
        lines.append({"t": number * 10_000_000, "ws": "0|H0STCNT0|001|" + "^".join(values)})
    session = tmp_path / "session.jsonl"
    session.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text(
        "faults:\n  - {name: ws-duplicate-frame, chance: 0.5}\n"
        "  - {name: http-status, status: 503, path: /uapi/*}\n  - {name: http-delay, delay: 1ms, path: /oauth2/*}\n")
    client = textwrap.dedent("""
        import json, os, sys, requests
        from websockets.sync.client import connect
        rest = os.environ["KIS_REST_URL"]
        body = {"grant_type": "client_credentials", "appkey": os.environ["KIS_APP_KEY"], "secretkey": os.environ["KIS_APP_SECRET"]}
        key = requests.post(rest + "/oauth2/Approval", json=body).json()["approval_key"]
        zero = False
        with connect(os.environ["KIS_WS_URL"]) as socket:
            socket.send(json.dumps({
                "header": {"approval_key": key, "custtype": "P", "tr_type": "1", "content-type": "utf-8"},
                "body": {"input": {"tr_id": "H0STCNT0", "tr_key": "005930"}}}))
            try:
                while True:
                    text = socket.recv(timeout=0.5)
                    zero = zero or text[0] == "0" and text.split("|")[3].split("^")[12] == "0"
            except TimeoutError:
                pass
        status = requests.get(rest + "/uapi/domestic-stock/v1/quotations/inquire-price").status_code
        sys.exit(3 if zero and status == 503 else 0)
    """)
    smallest = tmp_path / "smallest.jsonl"
    result = subprocess.run(
        [BINARY, "shrink", session, "--scenario", scenario, "--output", smallest, "--json", "--", sys.executable, "-c",
         client], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=240)
    assert result.returncode == 0, result.stderr
    summary = json.loads(result.stdout)
    assert summary["events"] == 1 and summary["faults"] == ["http-status"]
    assert "of the scenario's 3 faults it needs http-status" in result.stderr
    values = json.loads(smallest.read_text(encoding="utf-8").splitlines()[1])["ws"].split("|")[3].split("^")
    assert values[0] == "005930" and values[12] == "0" and sum(bool(value) for value in values) == 2
