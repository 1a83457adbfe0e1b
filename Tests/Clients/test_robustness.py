"""The server and `watch` among readers that do not read, clients that do not end, and servers that flood."""

import base64
import hashlib
import os
import signal
import socket
import subprocess
import threading
import time

import pytest
from attack import (
    attack, connected, conversation, ends, get, process, processor_seconds, resident_megabytes, serving, wait_for)
from mock import run

HEALTH = b"GET /__admin/health HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@attack("readers", "stderr is a pipe that nobody reads; 1,500 requests", "all answered, lines dropped and counted; SIGTERM: 0")
def test_stderr_that_nobody_reads():
    with serving(stderr=subprocess.PIPE) as (child, ready):
        with connected(ready["rest"]) as connection:
            for _ in range(1_500):
                connection.sendall(b"GET /uapi/domestic-stock/v1/quotations/inquire-price HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                assert connection.recv(65536).startswith(b"HTTP/1.1 "), "the server stands still"
        assert ends(child) == 0


@attack("readers", "stdout of `serve` is a pipe that is full", "serves; SIGTERM: 0")
def test_stdout_that_is_full():
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    try:
        while True:
            os.write(writing, b"x" * 4096)
    except BlockingIOError:
        os.set_blocking(writing, True)
    try:
        with socket.create_server(("127.0.0.1", 0)) as free:
            number = free.getsockname()[1]
        with process("serve", "--rest-port", number, "--ws-port", "0", stdout=writing, stderr=subprocess.DEVNULL) as child:
            wait_for(lambda: answers(number))
            assert ends(child) == 0
    finally:
        os.close(reading)
        os.close(writing)


def answers(number: int) -> bool:
    try:
        return get(f"http://127.0.0.1:{number}", "/__admin/health")[0] == 200
    except OSError:
        return False


@attack("readers", "the reader of the ready line has gone; stdout is a full disk", "plain message, exit 2")
@pytest.mark.parametrize("broken", ["pipe", "full"])
def test_ready_line_that_reaches_nobody(broken):
    if broken == "pipe":
        reading, out = os.pipe()
        os.close(reading)
    else:
        out = os.open("/dev/full", os.O_WRONLY)
    try:
        with process("serve", "--rest-port", "0", "--ws-port", "0", stdout=out, stderr=subprocess.PIPE, text=True) as child:
            assert child.wait(timeout=20) == 2
            assert "the ready line reached nobody" in child.stderr.read()
    finally:
        os.close(out)


@attack("readers", "`--junit` on a full disk", "plain message, exit 2, before the command has run")
def test_report_on_a_full_disk(tmp_path):
    result = run("run", "--junit", "/dev/full", "--", "touch", tmp_path / "ran")
    assert result.returncode == 2 and "/dev/full cannot be written" in result.stderr


@attack("descriptors", "100 connections, 70 files allowed (`ulimit -n`)", "idle meanwhile, one line on stderr; served again once some close")
def test_no_descriptors_left(tmp_path):
    errors = (tmp_path / "stderr").open("w+b")
    with serving("--paused", stderr=errors, limit_files=70) as (child, ready):
        crowd = [connected(ready["rest"]) for _ in range(100)]
        wait_for(lambda: b"no file is left" in (tmp_path / "stderr").read_bytes())
        before = processor_seconds(child)
        time.sleep(2)
        assert processor_seconds(child) - before < 0.25
        assert (tmp_path / "stderr").read_bytes().count(b"no file is left") == 1
        for connection in crowd:
            connection.close()
        assert get(ready["rest"], "/__admin/health")[0] == 200
        assert ends(child) == 0


@attack("descriptors", "only 5 or 20 files allowed", "plain message, exit 2")
@pytest.mark.parametrize("files", [12, 20])
def test_too_few_descriptors(files):
    with process("serve", "--rest-port", "0", "--ws-port", "0", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                 limit_files=files) as child:
        assert child.wait(timeout=20) == 2
        assert "ulimit -n" in child.stderr.read()


@attack("signals", "SIGHUP while it serves", "ends as with SIGTERM: 0")
def test_hangup():
    with serving() as (child, _):
        assert ends(child, signal.SIGHUP) == 0


@attack("sizes", "`Content-Length: 999999999999` with `Expect: 100-continue`", "413 at once, without 100 Continue")
@pytest.mark.parametrize("length", ["999999999999", "99999999999999999999"])
def test_huge_content_length(length):
    with serving() as (child, ready):
        said = conversation(
            ready["rest"], f"POST /oauth2/tokenP HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n"
            "Expect: 100-continue\r\n\r\n".encode())
        assert said.startswith((b"HTTP/1.1 413 ", b"HTTP/1.1 400 ")) and b"100 Continue" not in said


class Flood(threading.Thread):
    """A WebSocket server that confirms nothing, sends one frame again and again, and never reads."""

    def __init__(self, frame: bytes):
        super().__init__(daemon=True)
        self.frame = frame
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"ws://127.0.0.1:{self.server.getsockname()[1]}"
        self.start()

    def run(self):
        connection, _ = self.server.accept()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        head = connection.recv(65536).decode()
        key = next(line.split(": ")[1] for line in head.splitlines() if line.lower().startswith("sec-websocket-key"))
        accept = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
        connection.sendall(
            f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode())
        try:
            while True:
                connection.sendall(self.frame * 1000)
        except OSError:
            pass


PINGPONG = b'{"header":{"tr_id":"PINGPONG","datetime":"20260921100000"}}'
PING = b"\x89\x00"


@attack("hostile servers", "`watch` against one that floods pings or PINGPONG and never reads", "memory stays below 150 MB; SIGTERM ends it: 0")
@pytest.mark.parametrize("frame", [PING, b"\x81" + bytes([len(PINGPONG)]) + PINGPONG], ids=["ping", "PINGPONG"])
def test_watch_of_a_flood(frame):
    with serving() as (_, ready):
        flood = Flood(frame)
        with process("watch", "--rest-url", ready["rest"], "--ws-url", flood.url, stdout=subprocess.DEVNULL,
                     stderr=subprocess.DEVNULL) as watch:
            time.sleep(4)
            assert resident_megabytes(watch) < 150
            assert ends(watch) == 0


@attack("readers", "`watch` writes to a pipe that nobody reads", "SIGINT: 130, SIGTERM: 0")
@pytest.mark.parametrize("by, code", [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_watch_that_nobody_reads(by, code):
    with serving("--start", "10:00:00", "--speed", "3600") as (_, ready):
        with process("watch", "--json", "--rest-url", ready["rest"], "--ws-url", ready["ws"], stdout=subprocess.PIPE,
                     stderr=subprocess.DEVNULL) as watch:
            assert watch.stdout.read(1) == b"{"
            time.sleep(3)
            assert ends(watch, by) == code


@attack("hostile servers", "one that confirms a registration and cuts, again and again", "delays double: 4 connects in 10 s")
def test_confirm_then_cut():
    connects = []
    with serving("--speed", "max") as (_, ready):
        server = socket.create_server(("127.0.0.1", 0))

        def confirm_and_cut():
            while True:
                connection, _ = server.accept()
                connects.append(time.monotonic())
                head = connection.recv(65536).decode()
                key = next(line.split(": ")[1] for line in head.splitlines() if line.lower().startswith("sec-websocket-key"))
                accept = base64.b64encode(
                    hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
                connection.sendall(
                    f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode())
                connection.recv(65536)
                text = (b'{"header":{"tr_id":"H0UPPGM0","tr_key":"0001","encrypt":"N"},"body":{"rt_cd":"0",'
                        b'"msg_cd":"OPSP0000","msg1":"SUBSCRIBE SUCCESS","output":{"iv":"0123456789abcdef",'
                        b'"key":"abcdefghijklmnopabcdefghijklmnop"}}}')
                connection.sendall(b"\x81\x7e" + len(text).to_bytes(2, "big") + text)
                connection.close()

        threading.Thread(target=confirm_and_cut, daemon=True).start()
        with process("watch", "--rest-url", ready["rest"], "--ws-url", f"ws://127.0.0.1:{server.getsockname()[1]}",
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as watch:
            time.sleep(10)
            assert watch.poll() is None
            # At 0, 1, 3 and 7 seconds.
            assert 3 <= len(connects) <= 4
            assert ends(watch) == 0


@attack("near misses", "twenty unknown paths of 60 kB, compared with twenty of 250 bytes", "no more work than for short ones")
def test_long_unknown_paths():
    with serving() as (child, ready):
        def ask(length):
            before = processor_seconds(child)
            for _ in range(20):
                said = conversation(
                    ready["rest"], b"GET /" + b"a" * length + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                assert said.startswith(b"HTTP/1.1 404 ")
            return processor_seconds(child) - before

        ask(250)
        # 240 times as long; reading and masking them is some work too.
        assert ask(60_000) < 20 * max(ask(250), 0.1)


@attack("sizes", "a WebSocket frame whose length is not in its shortest form", "close code 1002; `--lenient` takes it")
@pytest.mark.parametrize(("arguments", "code"), [([], 1002), (["--lenient"], None)])
def test_length_not_in_its_shortest_form(arguments, code):
    with serving(*arguments) as (_, ready), connected(ready["ws"]) as connection:
        connection.sendall(
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + base64.b64encode(b"k" * 16) + b"\r\n\r\n")
        reader = connection.makefile("rb")
        while reader.readline() != b"\r\n":
            pass
        # A ping of two bytes, with its length in two bytes more than it needs.
        connection.sendall(b"\x81\xfe\x00\x02\x00\x00\x00\x00{}")
        head = reader.read(2)
        if code:
            assert head[0] == 0x88 and int.from_bytes(reader.read(2), "big") == code
        else:
            assert head[0] == 0x81, "an answer to what is no registration"


def handshake(first=b"GET / HTTP/1.1", **changed) -> bytes:
    """An opening handshake with some of its fields changed; None leaves one out."""
    fields = {
        "Host": "127.0.0.1", "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(b"k" * 16).decode()}
    fields |= {name.replace("_", "-"): value for name, value in changed.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value is not None)
    return first + b"\r\n" + lines.encode() + b"\r\n"


@attack(
    "handshakes", "a key that is not 16 bytes, no `Connection: Upgrade`, POST, HTTP/1.0, no Host, two of them",
    "400; `--lenient` takes them, but for two Hosts")
def test_handshakes_that_rfcs_forbid():
    wrong = [
        handshake(Sec_WebSocket_Key="YWJj"), handshake(Connection=None), handshake(b"POST / HTTP/1.1"),
        handshake(b"GET / HTTP/1.0"), handshake(Host=None)]
    with serving() as (_, ready):
        for request in [*wrong, handshake(Host="a\r\nHost: b")]:
            with connected(ready["ws"]) as connection:
                connection.sendall(request)
                assert connection.recv(65536).startswith(b"HTTP/1.1 400 "), request
    with serving("--lenient") as (_, ready):
        for request in wrong:
            with connected(ready["ws"]) as connection:
                connection.sendall(request)
                assert connection.recv(65536).startswith(b"HTTP/1.1 101 "), request


@attack("requests", "a request that never comes to its end, `--request-timeout 1s`", "408, and the connection ends")
@pytest.mark.parametrize("part", [b"GET /__admin/health HTT", HEALTH, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"])
def test_requests_without_end(part):
    with serving("--request-timeout", "1s") as (_, ready):
        assert conversation(ready["rest"], part).startswith(b"HTTP/1.1 408 ")


@attack("requests", "two lengths, a length beside chunks, a chunk size that is none", "400, and the connection ends")
@pytest.mark.parametrize("fields", [
    b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"])
def test_lengths_that_contradict(fields):
    with serving() as (_, ready):
        said = conversation(ready["rest"], b"POST /oauth2/tokenP HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields)
        assert said.startswith(b"HTTP/1.1 400 ")


DEEP = "[" * 1_000_000
LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))


@attack("files", "a scenario of a million brackets; one whose aliases stand for 9^12 values", "plain message with its place, exit 2")
@pytest.mark.parametrize(("text", "place"), [(DEEP, "1:1"), (LAUGHS, "1:")], ids=["deep", "aliases"])
def test_scenarios_that_blow_up(tmp_path, text, place):
    scenario = tmp_path / "blow-up.yaml"
    scenario.write_text(text, encoding="utf-8")
    for verb in (["lint", scenario], ["serve", "--scenario", scenario]):
        result = run(*map(str, verb))
        assert result.returncode == 2
        assert f"{scenario}:{place}" in result.stdout + result.stderr


@attack("health checks", "HEAD where GET works", "200 and no body")
def test_head():
    with serving() as (_, ready):
        said = conversation(ready["rest"], b"HEAD /__admin/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert said.startswith(b"HTTP/1.1 200 ") and said.endswith(b"\r\n\r\n")


@attack("browsers", "a page of another site, and a DNS name bound to 127.0.0.1, ask the admin API", "403; no state changes")
def test_foreign_pages_and_names():
    with serving() as (_, ready):
        for foreign in ({"Origin": "https://evil.example"}, {"Sec_Fetch_Site": "cross-site"}, {"Host": "rebound.example"}):
            assert get(ready["rest"], "/__admin/requests", **foreign)[0] == 403
        assert get(ready["rest"], "/__admin/requests")[0] == 200


@attack("browsers", "another machine, when `--host 0.0.0.0`", "403 from the admin API without the token of the ready line")
def test_beyond_this_machine():
    with serving("--host", "0.0.0.0") as (_, ready):
        assert get(ready["rest"], "/__admin/requests")[0] == 403
        shown = {"Authorization": f"Bearer {ready['admin_token']}"}
        assert get(ready["rest"], "/__admin/requests", **shown)[0] == 200


@attack("files", "`recordings: [\"/proc/self/environ\"]` over HTTP, and names with NUL", "404 or 400, no content shown")
@pytest.mark.parametrize("name", ["/proc/self/environ", "../../../../../etc/passwd", "a\\u0000.jsonl"])
def test_files_named_over_http(name):
    with serving() as (_, ready):
        body = '{"name":"x","app_keys":["k"],"recordings":["%s"]}' % name
        said = conversation(
            ready["rest"], f"POST /__admin/sandboxes HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
            f"Connection: close\r\n\r\n{body}".encode())
        assert said.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 "))
        assert b"PATH" not in said and b"root:" not in said


@attack("terminals", "escape sequences in a path", "written out on stderr, one line")
def test_escape_sequences_in_the_log(tmp_path):
    with (tmp_path / "stderr").open("w+b") as errors, serving(stderr=errors) as (child, ready):
        conversation(ready["rest"], b"GET /\xc2\x9b31m HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert ends(child) == 0
        said = (tmp_path / "stderr").read_bytes()
        assert b"\x1b" not in said and b"\xc2\x9b" not in said


def test_pages_and_hosts_that_are_named_may_use_it(serve_recording):
    import requests

    with serve_recording("--allow-origin", "http://app.example", "--allow-host", "mock.test") as server:
        def reset(**headers):
            return requests.post(server.admin + "/reset", headers=headers).status_code

        assert reset(Origin="http://app.example") == 200
        assert reset(Origin="http://evil.example") == 403
        assert reset(Host="mock.test") == 200
        assert reset(Host="other.test") == 403
