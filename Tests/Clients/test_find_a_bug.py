"""docs/find-a-bug.md, done as it stands there: a crash of a public client's user, from a capture to a regression test."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from mock import BINARY, ROOT, run, serve
from recording import HEADER, ORDER_BOOK

PAGE = (ROOT / "docs/find-a-bug.md").read_text(encoding="utf-8")
PROGRAM = dict(re.findall(r"^```python ([\w.]+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
COMMANDS = re.findall(r"^\$ (.*)$", PAGE, re.MULTILINE)
REGRESSION = Path(__file__).parent / "regressions" / "limit-up.jsonl"
MENDED = PROGRAM["imbalance.py"].replace("return bids / asks\n", "return bids / asks if asks else 0\n")


def production(path):
    """A session in which the share reaches its upper limit: what the program met that morning."""
    lines = [HEADER]
    values = ORDER_BOOK.split("^")
    asks = range(23, 33)
    for number in range(60):
        book = list(values)
        book[1] = f"1031{number:02d}"
        if number >= 40:
            for index in [*asks, 43]:
                book[index] = "0"
        frame = f"0|H0STASP0|001|{'^'.join(book)}"
        lines.append({"t": 500_000_000 + number * 10_000_000, "ws": frame})
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def desk(tmp_path):
    """A folder with the program, and an environment in which `kis-mock` and `python` are on PATH."""
    folder = tmp_path / "desk"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin/kis-mock").symlink_to(BINARY)
    (folder / "bin/python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    (folder / "bin/python").chmod(0o755)
    (folder / "imbalance.py").write_text(PROGRAM["imbalance.py"], encoding="utf-8")
    return folder


def environment(folder, **variables):
    return os.environ | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "TZ": "Asia/Seoul"} | variables


def crash(folder, mock, **variables):
    """Runs the program against what stands for production, until it crashes; returns what it said."""
    keys = {"KIS_APP_KEY": "PSabcdefghijklmnopqrstuvwxyz01234567", "KIS_APP_SECRET": "ProductionSecret" * 11}
    result = subprocess.run(
        [sys.executable, "imbalance.py"], cwd=folder, capture_output=True, text=True, timeout=60,
        env=environment(folder, KIS_REST_URL=mock.rest, KIS_WS_URL=mock.ws, **keys, **variables))
    assert result.returncode == 1 and "ZeroDivisionError" in result.stderr, result.stderr
    return result.stderr


def port(url):
    return url.rsplit(":", 1)[1]


def captured_packets(folder, mock):
    """A packet capture of the loopback interface; none where nobody may capture."""
    if shutil.which("tcpdump") is None or os.geteuid() != 0:
        return False
    packets = subprocess.Popen(
        ["tcpdump", "-i", "lo", "-U", "--immediate-mode", "-Z", "root", "-w", folder / "session.pcap",
         f"tcp port {port(mock.rest)} or tcp port {port(mock.ws)}"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        if not any("listening on" in line for line in packets.stderr):
            return False
        crash(folder, mock)
        return True
    finally:
        packets.send_signal(signal.SIGINT)
        packets.communicate(timeout=10)


def relayed_packets(folder, mock):
    """What a proxy wrote down, as packets."""
    command = [BINARY, "record", "--output", folder / "relay.jsonl", "--no-redact", "--upstream-rest", mock.rest,
               "--upstream-ws", mock.ws, "--rest-port", "0", "--ws-port", "0"]
    proxy = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        ready = json.loads(proxy.stdout.readline())
        mock.rest, mock.ws = ready["rest"], ready["ws"]
        crash(folder, mock)
    finally:
        proxy.send_signal(signal.SIGTERM)
        proxy.wait(10)
        proxy.stdout.close()
    run("export", folder / "relay.jsonl", "--format", "pcap", "--output", folder / "session.pcap", check=True)


def capture(kind, folder, tmp_path):
    """What is left of the crash, as the page says; its name."""
    recorded = production(tmp_path / "production.jsonl")
    with serve(tmp_path / "log", recorded, "--only-recorded") as mock:
        if kind == "log":
            text = crash(folder, mock, LOG="DEBUG", WEBSOCKETS_MAX_LOG_SIZE="10000")
            (folder / "session.log").write_text(text, encoding="utf-8")
            return "session.log"
        if not captured_packets(folder, mock):
            relayed_packets(folder, mock)
    if kind == "har":
        run("import", folder / "session.pcap", "--no-redact", "--output", folder / "whole.jsonl", check=True)
        run("export", folder / "whole.jsonl", "--output", folder / "session.har", check=True)
        return "session.har"
    return "session.pcap"


def last_seconds(recording):
    """The times of day around the last message of a recording: when it failed, as somebody would say it."""
    header, *events = map(json.loads, recording.read_text(encoding="utf-8").splitlines())
    hours, minutes, seconds = map(int, header["start"][11:19].split(":"))
    end = hours * 3600 + minutes * 60 + seconds + events[-1]["t"] // 1_000_000_000
    return tuple(
        f"{second // 3600 % 24:02d}:{second // 60 % 60:02d}:{second % 60:02d}" for second in (end - 8, end + 2))


@pytest.mark.parametrize("kind", ["pcap", "log", "har"])
def test_a_crash_becomes_a_regression_test(desk, tmp_path, kind):
    name = capture(kind, desk, tmp_path)
    said = {}
    for command in COMMANDS:
        command = command.replace("session.pcap", name)
        if "trim" in command:
            first, last = last_seconds(desk / "session.jsonl")
            command = command.replace("10:31:00", first).replace("10:31:10", last)
        result = subprocess.run(
            command, shell=True, cwd=desk, env=environment(desk), capture_output=True, text=True, timeout=240,
            stdin=subprocess.DEVNULL)
        fails = " run " in command
        assert (result.returncode == 1) == fails and result.returncode in (0, 1), result.stdout + result.stderr
        assert not fails or "ZeroDivisionError" in result.stderr
        said[command.split()[1]] = result.stdout + result.stderr
    smallest = (desk / "limit-up.jsonl").read_text(encoding="utf-8")
    events = [json.loads(line) for line in smallest.splitlines()[1:]]
    frames = [event["ws"] for event in events if "ws" in event and event.get("from") != "client"]
    assert len(frames) == 1 and frames[0].startswith("0|H0STASP0|001|")
    assert "ProductionSecret" not in smallest and "PSabcdef" not in smallest
    # Mended, the program passes the same recording, and the whole session.
    (desk / "imbalance.py").write_text(MENDED, encoding="utf-8")
    for recording in ("limit-up.jsonl", "session.jsonl"):
        result = subprocess.run(
            f"kis-mock run --recording {recording} --clock virtual --only-recorded -- python imbalance.py", shell=True, cwd=desk,
            env=environment(desk), capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
        assert result.returncode == 0, result.stdout + result.stderr


def test_the_committed_recording_fails_with_the_bug_and_passes_without(desk):
    """The regression test that the page ends with: its recording was made by the test above."""
    assert MENDED != PROGRAM["imbalance.py"]
    for source, code in ((PROGRAM["imbalance.py"], 1), (MENDED, 0)):
        (desk / "imbalance.py").write_text(source, encoding="utf-8")
        result = subprocess.run(
            ["kis-mock", "run", "--recording", REGRESSION, "--clock", "virtual", "--only-recorded", "--", "python", "imbalance.py"],
            executable=BINARY, cwd=desk, env=environment(desk), capture_output=True, text=True, timeout=60,
            stdin=subprocess.DEVNULL)
        assert result.returncode == code, result.stdout + result.stderr
