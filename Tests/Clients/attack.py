"""What the tests of robustness have in common: the table they make, hostile sockets, a server's processor time."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import time
from pathlib import Path

from mock import BINARY, READY_SECONDS, ROOT

# Rows of docs/robustness.md; .ci/robustness writes them down.
TABLE = []


def attack(kind: str, tried: str, result: str):
    """Enters a test in the table: what was tried, and what came of it."""

    def enter(test):
        TABLE.append((kind, tried, result))
        return test

    return enter


@contextlib.contextmanager
def process(*arguments, limit_files=None, **options):
    """`kis-mock` with its standard streams as the test wants them; killed at the end if it is still there."""
    command = [BINARY, *map(str, arguments)]
    if limit_files:
        command = ["sh", "-c", f'ulimit -n {limit_files}; exec "$0" "$@"', *command]
    child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, **options)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
        for stream in (child.stdout, child.stderr):
            if stream:
                stream.close()


@contextlib.contextmanager
def serving(*arguments, stderr=subprocess.DEVNULL, limit_files=None, **options):
    """A server on free ports and what its ready line says."""
    free = ["--rest-port", "0", "--ws-port", "0"]
    with process("serve", *free, *arguments, stdout=subprocess.PIPE, stderr=stderr, limit_files=limit_files,
                 **options) as child:
        readable, _, _ = select.select([child.stdout], [], [], READY_SECONDS)
        assert readable, "no ready line"
        yield child, json.loads(child.stdout.readline())


def ends(child: subprocess.Popen, by=signal.SIGTERM, within: float = 10) -> int:
    """The exit code of a process that was told to end."""
    child.send_signal(by)
    return child.wait(timeout=within)


def port(url: str) -> int:
    return int(url.rsplit(":", 1)[1])


def connected(url: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port(url)), timeout=20)
    return connection


def conversation(url: str, request: bytes) -> bytes:
    """Everything that a server says to some bytes until it closes the connection."""
    with connected(url) as connection:
        connection.sendall(request)
        said = b""
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(65536):
                said += part
        return said


def get(url: str, path: str, **headers) -> tuple[int, bytes]:
    """One GET with the headers given, `_` for `-`; its status and body."""
    fields = {"Host": f"127.0.0.1:{port(url)}"} | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value is not None)
    said = conversation(url, f"GET {path} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n".encode())
    head, _, body = said.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), body


def processor_seconds(child: subprocess.Popen) -> float:
    """What a process has used of the processor so far."""
    fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(child: subprocess.Popen) -> float:
    """Memory of a process that is in RAM."""
    return int(Path(f"/proc/{child.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def wait_for(condition, seconds: float = 20):
    """Waits until something holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)
