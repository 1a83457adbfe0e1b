"""Starts and stops `kis-mock serve` as any test suite would: free ports, the ready line, SIGTERM."""

import contextlib
import json
import os
import select
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("KIS_MOCK", ROOT / ".build/debug/kis-mock"))
READY_SECONDS = 30


@dataclass
class Mock:
    """A running server: what its ready line said, and its process."""

    rest: str
    ws: str
    admin: str
    seed: int
    process: subprocess.Popen
    log: Path

    def stop(self) -> int:
        """Ends the server by its process id and returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=10)

    def complaints(self) -> str:
        """What the server told people so far (standard error)."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def run(*arguments, **options) -> subprocess.CompletedProcess:
    """Runs kis-mock to its end."""
    command = [BINARY, *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, **options)


@contextlib.contextmanager
def serve(log: Path, *arguments, binary: Path = BINARY, cwd: Path = ROOT):
    """A server on free ports for the length of a `with` block."""
    command = [binary, "serve", "--rest-port", "0", "--ws-port", "0", *map(str, arguments)]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors)
    try:
        ready = json.loads(first_line(process, log))
        assert ready["event"] == "ready" and ready["pid"] == process.pid, ready
        server = Mock(ready["rest"], ready["ws"], ready["admin"], ready["seed"], process, log)
        yield server
        assert server.stop() == 0, server.complaints()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()


def first_line(process: subprocess.Popen, log: Path) -> str:
    readable, _, _ = select.select([process.stdout], [], [], READY_SECONDS)
    line = process.stdout.readline().decode() if readable else ""
    if not line:
        raise AssertionError(f"no ready line; exit code {process.poll()}; it said:\n{log.read_text(errors='replace')}")
    return line
