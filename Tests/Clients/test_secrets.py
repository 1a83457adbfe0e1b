"""No secret is in anything that the program says or writes: what it logs, answers, reports and records."""

import base64
import json
import secrets
import subprocess
import sys

import pytest
from attack import attack, conversation, ends, serving
from mock import BINARY
from websockets.sync.client import connect

# High in entropy, as the real ones are; another one in each place, so that a leak tells where it comes from.
# An app key is a name here, by which sandboxes and expectations are told apart; it is shown.
APP_KEY = "the app key of this test"
PLACES = [
    "app-secret", "other-secret", "header-secret", "bearer", "revoked", "cookie", "api-key", "path-token", "query-token",
    "approval-key", "text-secret", "close-reason"]


@pytest.fixture
def canaries():
    return {place: base64.b64encode(secrets.token_bytes(45)).decode().replace("/", "x").replace("+", "y") for place in PLACES}


def post(url, path, body, **headers):
    text = json.dumps(body).encode()
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(text)}\r\nConnection: close\r\n{lines}\r\n"
    said = conversation(url, head.encode() + text)
    return json.loads(said.partition(b"\r\n\r\n")[2] or b"{}")


def get(url, path, **headers):
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return conversation(url, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{lines}\r\n".encode())


def use(ready, canaries):
    """A client that shows its secrets everywhere, where they belong and where they do not.

    Returns those that the mock itself has made.
    """
    rest = ready["rest"]
    account = {"appkey": APP_KEY, "appsecret": canaries["app-secret"]}
    token = post(rest, "/oauth2/tokenP", account | {"grant_type": "client_credentials"})["access_token"]
    post(rest, "/oauth2/tokenP", account | {"grant_type": "client_credentials", "appsecret": canaries["other-secret"]})
    approval = post(rest, "/oauth2/Approval", {
        "grant_type": "client_credentials", "appkey": APP_KEY, "secretkey": canaries["app-secret"]})["approval_key"]
    post(rest, "/oauth2/revokeP", account | {"token": canaries["revoked"]})
    price = "/uapi/domestic-stock/v1/quotations/inquire-price?FID_COND_MRKT_DIV_CODE=J&FID_INPUT_ISCD=005930"
    get(rest, price, authorization=f"Bearer {token}", tr_id="FHKST01010100", **account)
    get(rest, price, authorization=f"Bearer {canaries['bearer']}", appkey=APP_KEY, appsecret=canaries["header-secret"],
        cookie=f"session={canaries['cookie']}", x_api_key=canaries["api-key"])
    get(rest, f"/uapi/token/{canaries['path-token']}?access_token={canaries['query-token']}")
    with connect(ready["ws"]) as stream:
        def register(key, **more):
            stream.send(json.dumps({
                "header": {"approval_key": key, "custtype": "P", "tr_type": "1", "content-type": "utf-8", **more},
                "body": {"input": {"tr_id": "H0STCNI0", "tr_key": "kismock"}}}))
            return json.loads(stream.recv(timeout=20))

        register(canaries["approval-key"])
        stream.send(f"appsecret={canaries['text-secret']}&more")
        stream.recv(timeout=20)
        made = register(approval)["body"]["output"]
        stream.close(1000, f"token={canaries['close-reason']}")
    # The iv tells nothing without the key.
    return {"token": token, "approval": approval, "key": made["key"]}


def outputs(ready):
    """What the admin API and the verbs say about a running mock, by where it comes from."""
    said = {path: get(ready["rest"], f"/__admin/{path}").decode() for path in
            ("requests", "messages", "near-misses", "requests/unmatched", "sessions", "sandboxes", "metrics", "faults")}
    for verb in (["requests"], ["near-misses"], ["sessions"], ["sandboxes"], ["verify", '[{"request":{"path":"/nowhere"}}]']):
        for shape in ([], ["--json"]):
            result = subprocess.run(
                [BINARY, *verb, *shape, "--admin-url", ready["admin"]], capture_output=True, text=True, timeout=60, check=False)
            said[" ".join(verb + shape)] = result.stdout + result.stderr
    return said


@attack(
    "secrets", "secrets in cookies, `x-api-key`, paths, queries, WebSocket texts and close reasons; detect-secrets over all output",
    "masked in log, journal, answers and recordings; nothing found")
def test_what_a_server_says(tmp_path, canaries):
    errors = tmp_path / "stderr"
    with errors.open("wb") as stream, serving("--start", "10:00:00", stderr=stream) as (child, ready):
        made = use(ready, canaries)
        said = outputs(ready)
        assert ends(child) == 0
    said["stderr"] = errors.read_text(encoding="utf-8")
    assert all(text.strip() for text in said.values())
    check(tmp_path, said, canaries | made)


CLIENT = """
import json, os, urllib.request
secret = os.environ["CANARY"]
body = json.dumps({"grant_type": "client_credentials", "appkey": os.environ["KIS_APP_KEY"], "appsecret": secret}).encode()
try:
    urllib.request.urlopen(urllib.request.Request(os.environ["KIS_REST_URL"] + "/oauth2/tokenP", body, method="POST"))
except OSError:
    pass
"""


@attack("secrets", "reports of `run` on a client that fails with them", "masked; nothing found by detect-secrets")
def test_what_a_run_reports(tmp_path, monkeypatch, canaries):
    scenario = tmp_path / "leak.yaml"
    scenario.write_text("expect:\n  - {request: {path: /uapi/nowhere}, because: it must fail}\n", encoding="utf-8")
    (tmp_path / "client.py").write_text(CLIENT, encoding="utf-8")
    monkeypatch.setenv("CANARY", canaries["app-secret"])
    said = {}
    for number, report in enumerate((["--junit", "junit.xml"], ["--tap", "report.tap"], ["--json"])):
        result = subprocess.run(
            [BINARY, "run", "--scenario", scenario, *report, "--", sys.executable, "client.py"], cwd=tmp_path,
            capture_output=True, text=True, timeout=120, check=False)
        assert result.returncode == 1 and "it must fail" in result.stderr
        said[f"run {number}"] = result.stdout + result.stderr
    for file in ("junit.xml", "report.tap"):
        said[file] = (tmp_path / file).read_text(encoding="utf-8")
    check(tmp_path, said, canaries)


def check(folder, said, hidden):
    """Neither the secrets that are known, nor what detect-secrets takes for one."""
    for source, text in said.items():
        for place, secret in hidden.items():
            assert secret not in text, f"{source} shows the {place}"
    scanned = folder / "scanned"
    scanned.mkdir()
    for number, (source, text) in enumerate(said.items()):
        (scanned / f"{number}.txt").write_text(f"{source}\n{text}", encoding="utf-8")
    # What has to be found, so that nothing found means something.
    (scanned / "planted.txt").write_text('secret = "' + base64.b64encode(secrets.token_bytes(45)).decode() + '"', encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "detect_secrets", "scan", "--all-files", "--no-verify", "."], cwd=scanned,
        capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)["results"]
    assert found.pop("planted.txt")
    lines = [
        (scanned / file).read_text(encoding="utf-8").splitlines()[finding["line_number"] - 1][:300] + f"  ({finding['type']})"
        for file, findings in found.items() for finding in findings]
    assert not lines, "\n".join(lines)
