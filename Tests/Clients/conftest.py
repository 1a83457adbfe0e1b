"""Fixtures: a running server, and app keys nobody else in the run uses."""

import itertools
from dataclasses import dataclass

import pytest
import recording
from mock import Mock, serve

numbers = itertools.count(1)


@dataclass(frozen=True)
class Credentials:
    """An app key (36 characters) and secret (180), the lengths KIS issues and python-kis insists on."""

    key: str
    secret: str


@pytest.fixture
def credentials() -> Credentials:
    """Fresh for each test: KIS, and so the mock, allows one WebSocket session per app key."""
    number = next(numbers)
    return Credentials(f"PSMOCK{number:030d}", f"secret{number:0174d}")


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Mock:
    """Plays the frames of `recording.py` again and again at recorded speed."""
    folder = tmp_path_factory.mktemp("server")
    session = recording.write(folder / "clients.jsonl")
    with serve(folder / "server.log", session, "--loop", "--seed", "7", "--clock", "scaled") as mock:
        yield mock


@pytest.fixture(scope="session")
def lively_server(tmp_path_factory) -> Mock:
    """The bundled day from 10:00 on, whatever time it is; what it does not hold is simulated. No limits on calls."""
    log = tmp_path_factory.mktemp("lively") / "server.log"
    with serve(log, "--clock", "scaled", "--start", "10:00:00", "--lenient") as mock:
        yield mock


@pytest.fixture(scope="session")
def lively_server_of_2024(tmp_path_factory) -> Mock:
    """The same in the layouts of June 2024, which python-kis was written for."""
    log = tmp_path_factory.mktemp("lively-2024") / "server.log"
    with serve(log, "--clock", "scaled", "--start", "10:00:00", "--lenient", "--as-of", "2024-06-03") as mock:
        yield mock


@pytest.fixture(scope="session")
def impatient_server(tmp_path_factory) -> Mock:
    """Like `server`, but sends PINGPONG three times a second and cuts who has not answered half a second later."""
    folder = tmp_path_factory.mktemp("impatient")
    recording.write(folder / "clients.jsonl")
    scenario = folder / "impatient.yaml"
    scenario.write_text(
        "recording: clients.jsonl\nclock: scaled\nloop: true\nseed: 7\npingpong: {interval: 300ms, timeout: 500ms}\n")
    with serve(folder / "server.log", "--scenario", scenario) as mock:
        yield mock


@pytest.fixture
def serve_recording(tmp_path):
    """Starts servers of a test's own: `with serve_recording("--speed", "max") as mock: …`."""
    logs = itertools.count(1)
    return lambda *arguments: serve(tmp_path / f"server-{next(logs)}.log", *arguments)
