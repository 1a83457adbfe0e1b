"""Captures in, recordings out, and back: what `import` and `export` say, write and leave alone."""

import contextlib
import json
import shutil
import signal
import socket
import subprocess

import page as driving
import pytest
import requests
import websockets.sync.client
from mock import ROOT, run, serve
from playwright.sync_api import sync_playwright

CAPTURES = ROOT / "Tests" / "KISCaptureTests" / "Captures"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def test_a_packet_capture_becomes_a_recording_without_secrets(tmp_path):
    output = tmp_path / "session.jsonl"
    result = run("import", CAPTURES / "ws-lo.pcap", "--output", output)
    assert result.returncode == 0, result.stderr
    assert "100 messages and 1 exchanges on 2 connections, 2 notices decrypted" in result.stderr
    assert "CaptureSecret" not in output.read_text(encoding="utf-8")
    assert run("info", output).returncode == 0


@pytest.mark.parametrize("capture", [
    "rest-keepalive.pcap", "impaired-at-server.pcap", "playwright.har", "devtools.har", "chrome-har.har",
    "logs/aiohttp-recv.log"])
def test_nothing_of_an_import_looks_like_a_secret(tmp_path, capture):
    output = tmp_path / "session.jsonl"
    run("import", CAPTURES / capture, "--output", output, check=True)
    result = run("lint", output)
    assert result.returncode == 0, result.stdout


def test_what_is_missing_is_a_warning(tmp_path):
    result = run("import", CAPTURES / "hole.pcap", "--output", tmp_path / "session.jsonl")
    assert result.returncode == 0
    assert "gap: 443 bytes of the server" in result.stderr and "packet 42" in result.stderr
    assert "Warning:" in result.stderr


def test_nothing_usable_is_a_failure_and_leaves_nothing(tmp_path):
    result = run("import", CAPTURES / "playwright-omit-minimal.har", "--output", tmp_path / "session.jsonl")
    assert result.returncode == 1
    assert "no WebSocket stream" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02 no capture"])
def test_what_is_no_capture_is_refused(tmp_path, content):
    capture = tmp_path / "capture"
    capture.write_bytes(content)
    result = run("import", capture, "--output", tmp_path / "session.jsonl")
    assert result.returncode == 2
    assert "Error:" in result.stderr


def test_a_recording_is_not_replaced_unless_asked(tmp_path):
    output = tmp_path / "session.jsonl"
    output.write_text("mine")
    assert run("import", CAPTURES / "ws-lo.pcap", "--output", output).returncode == 2
    assert output.read_text() == "mine"
    assert run("import", CAPTURES / "ws-lo.pcap", "--output", output, "--force").returncode == 0


def test_packets_of_a_recording_are_the_recording_again(tmp_path):
    first, packets, second = tmp_path / "1.jsonl", tmp_path / "2.pcapng", tmp_path / "3.jsonl"
    run("import", CAPTURES / "two-sessions.pcapng", "--output", first, "--no-redact", check=True)
    run("export", first, "--output", packets, check=True)
    run("import", packets, "--output", second, "--no-redact", check=True)
    assert lines(second)[1:] == lines(first)[1:]


def test_a_har_is_one_that_others_can_parse(tmp_path):
    recording, har = tmp_path / "1.jsonl", tmp_path / "2.har"
    run("import", CAPTURES / "ws-lo.pcap", "--output", recording, check=True)
    run("export", recording, "--output", har, check=True)
    entries = json.loads(har.read_text(encoding="utf-8"))["log"]["entries"]
    assert [entry["response"]["status"] for entry in entries] == [200, 101]
    assert sum(message["opcode"] == 1 for message in entries[1]["_webSocketMessages"]) == 100


def test_the_summary_is_for_programs_too(tmp_path):
    result = run("import", CAPTURES / "ws-truncated.pcapng", "--output", tmp_path / "session.jsonl", "--json")
    summary = json.loads(result.stdout)
    assert summary["partial"] is True and summary["inputs"][0]["truncated"] is True


def recorded(path):
    return [json.loads(line) for line in lines(path)[1:]]


@pytest.fixture(params=["merged-two-links.pcapng", "rest-keepalive.pcap", "two-sessions.pcapng"])
def session(request, tmp_path):
    output = tmp_path / "session.jsonl"
    run("import", CAPTURES / request.param, "--output", output, check=True)
    return output


@pytest.mark.skipif(not shutil.which("tshark"), reason="there is no tshark")
def test_wireshark_sees_the_same_messages_in_exported_packets(session, tmp_path):
    packets = tmp_path / "session.pcapng"
    run("export", session, "--output", packets, check=True)

    def dissected(filter, *fields):
        arguments = ["tshark", "-r", packets, "-Y", filter, "-T", "fields", "-E", "occurrence=l"]
        for field in fields:
            arguments += ["-e", field]
        result = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=True)
        return [line.split("\t") for line in result.stdout.splitlines()]

    events = recorded(session)
    exchanges = [event["rest"] for event in events if "rest" in event]
    requests = dissected("http.request && !http.upgrade", "http.request.method", "http.request.uri")
    assert [[method, uri.split("?")[0]] for method, uri in requests] == [[one["method"], one["path"]] for one in exchanges]
    assert [int(row[0]) for row in dissected("http.response && http.response.code != 101", "http.response.code")] == [
        one["status"] for one in exchanges]
    messages = [event for event in events if "ws" in event]
    seen = dissected("websocket.opcode == 1", "websocket.mask", "text")
    assert len(seen) == len(messages)
    for event, (mask, text) in zip(messages, seen, strict=True):
        assert (mask == "1") == (event.get("from") == "client")
        # A label of Wireshark's is cut, and a notice is encrypted as it was.
        length = 15 if event["ws"].startswith("1|") else 150
        assert text.strip().removeprefix("[truncated]")[:length] == event["ws"][:length]
    for opcode, kind in ((9, "ping"), (10, "pong"), (8, "close")):
        assert len(dissected(f"websocket.opcode == {opcode}", "websocket.opcode")) == sum(kind in one for one in events)
    assert dissected("_ws.malformed || tcp.analysis.flags", "frame.number") == []


@pytest.mark.skipif(driving.why_no_browser() is not None, reason=driving.why_no_browser() or "")
def test_a_browser_plays_an_exported_har(session, tmp_path):
    """Playwright answers from it, by address, method and body."""
    har = tmp_path / "session.har"
    run("export", session, "--output", har, check=True)
    entries = [entry for entry in json.loads(har.read_text(encoding="utf-8"))["log"]["entries"]
               if entry["response"]["status"] == 200 and entry["request"]["url"].startswith("http")]
    assert entries
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=driving.executable(), args=["--no-sandbox"])
        context = browser.new_context()
        context.route_from_har(har, not_found="abort")
        page = context.new_page()
        origin = next(entry["request"]["url"] for entry in entries).split("/", 3)
        page.route("**/start", lambda route: route.fulfill(body="<p>", content_type="text/html"))
        page.goto(f"{origin[0]}//{origin[2]}/start")
        for entry in entries:
            asked = entry["request"]
            text = page.evaluate(
                "([url, method, body]) => fetch(url, {method, body}).then(answer => answer.text())",
                [asked["url"], asked["method"], asked.get("postData", {}).get("text")])
            assert text == entry["response"]["content"]["text"]
        browser.close()


OPENED_BY_DEVTOOLS = """async text => {
    const bundled = 'devtools://devtools/bundled/';
    let parts;
    try {
        parts = await Promise.all(['ui/legacy/legacy.js', 'panels/network/network.js', 'models/logs/logs.js'].map(
            name => import(bundled + name)));
    } catch (error) {
        return String(error);
    }
    const [legacy, network, logs] = parts;
    await legacy.ViewManager.ViewManager.instance().showView('network');
    await network.NetworkPanel.NetworkPanel.instance().networkLogView.onLoadFromFile(new File([text], 'session.har'));
    return logs.NetworkLog.NetworkLog.instance().requests().map(
        request => [request.url(), request.statusCode, request.frames().map(frame => frame.text)]);
}"""


@pytest.mark.skipif(driving.why_no_browser() is not None, reason=driving.why_no_browser() or "")
def test_devtools_show_an_exported_har(session, tmp_path):
    """As "Import HAR" of Chromium's network panel reads it, frames of WebSocket included."""
    har = tmp_path / "session.har"
    run("export", session, "--output", har, check=True)
    entries = json.loads(har.read_text(encoding="utf-8"))["log"]["entries"]
    port = free_port()
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=driving.executable(), args=[
                "--no-sandbox", f"--remote-debugging-port={port}", f"--remote-allow-origins=http://127.0.0.1:{port}"])
        context = browser.new_context()
        context.new_page().goto("about:blank")
        target = next(one for one in requests.get(f"http://127.0.0.1:{port}/json", timeout=10).json() if one["type"] == "page")
        devtools = context.new_page()
        devtools.goto(
            f"devtools://devtools/bundled/inspector.html?ws=127.0.0.1:{port}/devtools/page/{target['id']}")
        # Loaded once its main menu is there.
        devtools.wait_for_selector("[aria-label^='Customize and control DevTools']", timeout=30_000)
        shown = devtools.evaluate(OPENED_BY_DEVTOOLS, har.read_text(encoding="utf-8"))
        browser.close()
    if isinstance(shown, str):
        pytest.skip(f"this Chromium's DevTools are not those that this test drives: {shown}")
    # It sorts them by when they began.
    assert sorted(shown) == sorted(
        [entry["request"]["url"], entry["response"]["status"],
         [message["data"] for message in entry.get("_webSocketMessages", [])]] for entry in entries)


@pytest.mark.skipif(not shutil.which("mitmdump"), reason="there is no mitmdump")
def test_mitmproxy_opens_an_exported_har(session, tmp_path):
    har, again = tmp_path / "session.har", tmp_path / "again.har"
    run("export", session, "--output", har, check=True)
    subprocess.run(["mitmdump", "-n", "-r", har, "--set", f"hardump={again}"], timeout=60, check=True)

    def exchanges(path):
        entries = json.loads(path.read_text(encoding="utf-8"))["log"]["entries"]
        return [(one["request"]["method"], one["request"]["url"], one["response"]["status"]) for one in entries]

    assert exchanges(again) == exchanges(har)


@contextlib.contextmanager
def mitmdump(har, *upstreams):
    """mitmproxy before servers, which writes what passed as a HAR when it ends; its addresses, without a scheme."""
    addresses = [f"127.0.0.1:{free_port()}" for _ in upstreams]
    modes = [word for pair in zip(upstreams, addresses) for word in ("--mode", "reverse:{}@{}".format(*pair))]
    process = subprocess.Popen(
        ["mitmdump", *modes, "--set", f"hardump={har}", "--set", "flow_detail=0"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for _ in upstreams:
            next(line for line in process.stdout if "listening at" in line)
        yield addresses
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


@pytest.mark.skipif(not shutil.which("mitmdump"), reason="there is no mitmdump")
def test_what_mitmproxy_saw_becomes_a_recording(tmp_path):
    """A client through mitmproxy, the HAR that it wrote, and the session again from that."""
    har, output = tmp_path / "session.har", tmp_path / "session.jsonl"
    key = {"appkey": "PSmitm" + "A" * 30, "appsecret": "S" * 180}
    with serve(tmp_path / "serve.log") as mock:
        with mitmdump(har, mock.rest, mock.ws.replace("ws://", "http://")) as (rest, ws):
            rest = f"http://{rest}"
            approval = requests.post(
                f"{rest}/oauth2/Approval", timeout=10, json={
                    "grant_type": "client_credentials", "appkey": key["appkey"], "secretkey": key["appsecret"]}).json()
            token = requests.post(
                f"{rest}/oauth2/tokenP", timeout=10, json={"grant_type": "client_credentials", **key}).json()
            price = requests.get(
                f"{rest}/uapi/domestic-stock/v1/quotations/inquire-price", timeout=10,
                params={"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": "005930"},
                headers={"authorization": f"Bearer {token['access_token']}", "tr_id": "FHKST01010100", **key}).json()
            received = []
            with websockets.sync.client.connect(f"ws://{ws}/tryitout/H0STCNT0") as stream:
                stream.send(json.dumps({
                    "header": {"approval_key": approval["approval_key"], "custtype": "P", "tr_type": "1",
                               "content-type": "utf-8"},
                    "body": {"input": {"tr_id": "H0STCNT0", "tr_key": "005930"}}}))
                while len(received) < 5:
                    received.append(stream.recv(timeout=30))
    assert price["rt_cd"] == "0"
    result = run("import", har, "--output", output)
    assert result.returncode == 0, result.stderr
    events = recorded(output)
    assert [event["rest"]["path"].rsplit("/", 1)[1] for event in events if "rest" in event] == [
        "Approval", "tokenP", "inquire-price"]
    frames = [event["ws"] for event in events if "ws" in event and event.get("from") != "client"]
    assert frames[1:5] == received[1:5] and "SUBSCRIBE SUCCESS" in frames[0]
    text = output.read_text(encoding="utf-8")
    for secret in (key["appkey"], key["appsecret"], approval["approval_key"], token["access_token"]):
        assert secret not in text
    # Served, a client with a key of its own is answered with it.
    with serve(tmp_path / "again.log", output) as mock:
        token = requests.post(f"{mock.rest}/oauth2/tokenP", timeout=10, json={
            "grant_type": "client_credentials", "appkey": "PSother" + "B" * 29, "appsecret": "T" * 180}).json()
        again = requests.get(
            f"{mock.rest}/uapi/domestic-stock/v1/quotations/inquire-price", timeout=10,
            params={"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": "005930"},
            headers={"authorization": f"Bearer {token['access_token']}", "tr_id": "FHKST01010100",
                     "appkey": "PSother" + "B" * 29, "appsecret": "T" * 180}).json()
    assert again["output"]["stck_prpr"] == price["output"]["stck_prpr"]
