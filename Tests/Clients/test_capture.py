"""Captures in, recordings out, and back: what `import` and `export` say, write and leave alone."""

import json

import pytest
from mock import ROOT, run

CAPTURES = ROOT / "Tests" / "KISCaptureTests" / "Captures"


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def test_a_packet_capture_becomes_a_recording_without_secrets(tmp_path):
    output = tmp_path / "session.jsonl"
    result = run("import", CAPTURES / "ws-lo.pcap", "--output", output)
    assert result.returncode == 0, result.stderr
    assert "100 messages and 1 exchanges on 2 connections, 2 notices decrypted" in result.stderr
    assert "CaptureSecret" not in output.read_text(encoding="utf-8")
    assert run("info", output).returncode == 0


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
