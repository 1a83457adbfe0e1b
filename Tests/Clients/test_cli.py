"""What the command line says: the ready line, the errors for people, the exit codes."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time

import pytest
import recording
from mock import BINARY, ROOT, run, serve
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

VERBS = [
    "serve", "run", "replay", "clock", "watch", "decode", "simulate", "import", "export", "record", "info", "lint", "drift",
    "faults", "quirks", "calendar", "accounts", "scenarios", "trim", "merge", "diff", "redact", "shrink", "requests",
    "near-misses", "sessions", "send", "verify", "sandboxes", "reset", "fault", "recordings", "fork", "top", "page", "apis"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb):
    result = run(verb, "--help")
    assert result.returncode == 0 and "USAGE" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["serve", "--sped", "60"], "--sped"),
        (["serve", "--speed", "fast"], "fast"),
        (["serve", "--speed", "0"], "found `0`"),
        (["serve", "--venue", "moon"], "moon"),
        (["serve", "--as-of", "2026-13-40"], "2026-13-40"),
        (["serve", "--as-of", "2026-02-30"], "2026-02-30"),
        (["serve", "--config", "."], "is a folder"),
        (["serve", "--code-file", "/dev/null"], "/dev/null: is not a regular file"),
        (["simulate", "no-such", "--output", "-"], "there is no scenario `no-such`"),
        (["serve", "--start", "25:00:00"], "25:00:00"),
        (["serve", "--clock", "sundial"], "sundial"),
        (["serve", "--rest-port", "70000"], "70000"),
        (["serve", "no-such.jsonl"], "no-such.jsonl"),
        (["serve", "--scenario", "no-such.yaml"], "no-such.yaml"),
        (["info", "no-such.jsonl"], "no-such.jsonl"),
        (["serve", "--host", "no-such.invalid", "--rest-port", "0", "--ws-port", "0"], "no-such.invalid"),
        (["serve", "--only-recorded", "--start", "23:00", "--rest-port", "0", "--ws-port", "0"], "08:59:00 to 15:30:30"),
        (["replay", "--admin-url", "http://127.0.0.1:1"], "nothing listens on port 1"),
        (["run", "--", "no-such-command"], "no-such-command"),
        (["srve"], "did you mean `serve`?"),
        (["replay", "paus"], "did you mean `pause`?"),
    ],
)
def test_a_mistake_is_named_and_exits_2(arguments, complaint):
    result = run(*arguments)
    assert result.returncode == 2, result.stderr
    assert complaint in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("verb", ["serve", "info", "drift", "lint"])
def test_a_pipe_without_a_writer_is_not_waited_for(verb, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    result = run(verb, tmp_path / "pipe")
    assert result.returncode == 2
    assert "is not a regular file" in result.stdout + result.stderr


@pytest.mark.parametrize("arguments", [["quirks"], ["simulate", "simulated-session", "--output", "-"], ["decode"]])
def test_what_stdout_does_not_take_is_an_error(arguments):
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [BINARY, *arguments], cwd=ROOT, input="0|X|001|a", stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert result.returncode == 2
    assert result.stderr == "Error: stdout cannot be written: No space left on device\n"


def test_watch_ends_with_its_reader(tmp_path):
    with serve(tmp_path / "log", "--speed", "60") as mock:
        watch = subprocess.Popen(
            [BINARY, "watch", "--rest-url", mock.rest, "--ws-url", mock.ws], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert watch.stdout.readline().startswith(b"H0UPPGM0 ")
        watch.stdout.close()
        assert watch.wait(timeout=30) == 0
        assert watch.stderr.read() == b""


def test_the_server_runs_without_standard_streams(tmp_path):
    script = 'exec "$0" serve --rest-port 0 --ws-port 0 <&- >&- 2>"$1"'
    server = subprocess.Popen(["sh", "-c", script, BINARY, tmp_path / "errors"], cwd=ROOT)
    for _ in range(300):
        if (tmp_path / "errors").exists() and "see data" in (tmp_path / "errors").read_text():
            break
        time.sleep(0.1)
    server.terminate()
    assert server.wait(timeout=30) == 0


def test_a_frame_that_is_no_text_is_repaired_and_told():
    result = subprocess.run(
        [BINARY, "decode"], input=b"\xef\xbb\xbf0|X|001|a\r\n0|X|001|\xff\n", capture_output=True, timeout=60)
    assert result.returncode == 1
    assert [json.loads(line)["extra"] for line in result.stdout.splitlines()] == [["a"], ["\ufffd"]]
    assert result.stderr.decode() == "stdin:2: is not UTF-8; U+FFFD stands where it is not\n"


def test_codes_of_a_file_are_known_and_its_mistakes_placed(tmp_path):
    codes = tmp_path / "codes.csv"
    codes.write_text("industry,0129,새 업종\n", encoding="utf-8")
    with serve(tmp_path / "log", "--code-file", codes) as mock:
        assert mock.seed == 1
    codes.write_text("# mine\nindustry,12,x\n", encoding="utf-8")
    result = run("serve", "--code-file", codes, "--rest-port", "0", "--ws-port", "0")
    assert result.returncode == 2
    assert "codes.csv:2:10: expected a code of 4 digits, found `12`" in result.stderr


def test_apis_tells_who_answers_and_what_is_heeded():
    def listed(text: str) -> dict:
        return {api["path"]: api for api in map(json.loads, run("apis", "--json", text).stdout.splitlines())}

    rankings = listed("/overseas-stock/v1/ranking/")
    ranking = rankings["/uapi/overseas-stock/v1/ranking/trade-vol"]
    assert len(rankings) > 5 and {api["source"] for api in rankings.values()} == {"market"}
    assert {"EXCD", "NDAY", "VOL_RANG"} <= set(ranking["heeds"])
    assert "AUTH" in ranking["decoration"] and "AUTH" not in ranking["ignores"]
    assert listed("order-cash")["/uapi/domestic-stock/v1/trading/order-cash"]["source"] == "exchange"
    some = run("apis", "chk-holiday")
    assert some.returncode == 0 and "1 APIs: 0 exchange, 0 market, 1 calendar, 0 generic" in some.stdout
    none = run("apis", "no-such", "--source", "market")
    assert none.returncode == 3 and none.stdout == ""
    assert "no API with `no-such` in its path, name or tr_id that is answered by `market`" in none.stderr


def test_drift_compares_catalogues_too(tmp_path):
    printed = run("drift", "--print-catalogue").stdout
    file = tmp_path / "catalogue.jsonl"
    file.write_text(printed, encoding="utf-8")
    assert run("drift", file).returncode == 0
    file.write_text(printed.replace('"key":"industry"', '"key":"stock"', 1), encoding="utf-8")
    result = run("drift", "--json", file)
    finding = json.loads(result.stdout)["findings"][0]
    assert result.returncode == 1 and (finding["kind"], finding["found"]) == ("key", "stock")


def test_a_busy_port_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "--rest-port", port, "--ws-port", "0")
    assert result.returncode == 2 and str(port) in result.stderr and result.stdout == ""
    assert len(result.stderr.splitlines()) == 1, "one thing went wrong, so one line"


def test_the_program_alone_plays_what_is_bundled(tmp_path):
    """A binary copied out of the repository: no recordings beside it, the same messages."""
    alone = tmp_path / "kis-mock"
    shutil.copy(BINARY, alone)
    texts = {}
    for name, binary, folder in (("beside", BINARY, ROOT), ("alone", alone, tmp_path)):
        with serve(tmp_path / f"{name}.log", "--paused", binary=binary, cwd=folder) as server:
            environment = os.environ | {"KIS_MOCK_ADMIN_URL": server.admin}
            seek = run("replay", "seek", "09:05", env=environment)
            assert seek.stdout.startswith("paused at 09:05:00"), seek.stderr
            texts[name] = run("replay", "state", env=environment).stdout
    assert texts["alone"] == texts["beside"] and len(texts["alone"].splitlines()) == 8


def test_a_replay_is_controlled_from_the_command_line(serve_recording):
    with serve_recording("--start", "10:00:00") as server:
        environment = os.environ | {"KIS_MOCK_ADMIN_URL": server.admin}
        replay = lambda *arguments: run("replay", *arguments, env=environment)
        assert replay().stdout == "waiting at 10:00:00, speed 1, 0 messages released\n"
        assert replay("pause").stdout.startswith("paused at 10:00:00")
        assert len(replay("step", "2").stdout.splitlines()) == 2
        assert replay("step", "--key", "0001").stdout.splitlines()[-1].startswith("0|H0UPPGM0|001|0001^")
        assert replay("step", "4", "--contains", "no such text").returncode == 1
        assert replay("seek", "10:30").stdout.startswith("paused at 10:30:00")
        assert "speed 60" in replay("rate", "60").stdout and "loops" in replay("loop", "on").stdout
        assert replay("state").stdout.count("0|H0UPPGM0|") == 1
        assert json.loads(replay("play", "--json").stdout)["state"] == "playing"
        refused = replay("seek", "opening")
        assert refused.returncode == 2 and "no marker `opening`" in refused.stderr
        assert run("clock", "freeze", env=environment).stdout.endswith(", real, frozen\n")
        assert run("clock", "advance", "10", env=environment).returncode == 2
        assert run("clock", "reset", env=environment).stdout.endswith(", real\n")


def test_a_recording_cut_in_its_last_line_serves_the_whole_lines(tmp_path, serve_recording):
    whole = recording.write(tmp_path / "whole.jsonl").read_bytes()
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(whole[:-25])
    with serve_recording(cut) as server:
        assert server.rest.startswith("http://127.0.0.1:")


def test_a_recording_cut_in_its_header_is_refused(tmp_path):
    cut = tmp_path / "cut.jsonl"
    cut.write_text('{"kis_recording":1,"start":"2026-0')
    result = run("serve", cut)
    assert result.returncode == 2 and "cut.jsonl" in result.stderr


def test_invalid_utf8_in_a_recording_is_located(tmp_path):
    broken = tmp_path / "broken.jsonl"
    lines = recording.write(broken).read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"005930", b"\xff\xfe5930")
    broken.write_bytes(b"\n".join(lines))
    result = run("info", broken)
    assert result.returncode == 2 and "broken.jsonl" in result.stderr and "3" in result.stderr


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_sessions_and_exits_0(tmp_path, serve_recording, ending):
    session = recording.write(tmp_path / "session.jsonl")
    with serve_recording(session) as server, connect(server.ws) as stream:
        os.kill(server.process.pid, ending)
        with pytest.raises(ConnectionClosed) as closed:
            stream.recv(timeout=10)
        assert closed.value.rcvd is not None, "no close frame"
        assert server.process.wait(timeout=10) == 0
        assert server.process.stdout.read() == b"", "more than the ready line on stdout"


TOKEN = b'{"grant_type":"client_credentials","appkey":"key","appsecret":"secret"}'
WAIT = b'{"for":"disconnect","timeout":"1h"}'


@pytest.mark.parametrize(
    ("faults", "path", "body"),
    [
        ([], "", b""),
        ([], "/__admin/messages/wait", WAIT),
        (["tcp-accept-stall"], "/oauth2/tokenP", TOKEN),
        (["http-no-answer"], "/oauth2/tokenP", TOKEN),
        (["{name: http-delay, delay: 1h}"], "/oauth2/tokenP", TOKEN),
    ],
    ids=["silence", "a wait", "a stall", "no answer", "a late answer"])
def test_nobody_who_waits_keeps_it_from_ending(tmp_path, serve_recording, faults, path, body):
    recording.write(tmp_path / "session.jsonl")
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text(f"recording: session.jsonl\nfaults: [{', '.join(faults)}]\n")
    with serve_recording("--scenario", scenario) as server:
        host, port = server.rest.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            if path:
                client.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            client.settimeout(0.2)
            with pytest.raises(TimeoutError):
                client.recv(1)
            assert server.stop() == 0


def test_with_no_options_the_bundled_recording_plays(serve_recording):
    with serve_recording() as server:
        result = run(
            "watch", "--json", "--rest-url", server.rest, "--ws-url", server.ws,
            "--tr", "H0UPPGM0", "--key", "0001", "--count", "3")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 0, result.stderr
    assert len(records) == 3 and all(record["tr_id"] == "H0UPPGM0" for record in records)
    assert all(len(record["fields"]) == 88 for record in records)
