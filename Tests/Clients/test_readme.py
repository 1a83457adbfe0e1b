"""The README, done as a reader would: recipes (code blocks whose fence names a file) are pasted, commands are typed."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from mock import BINARY, ROOT, first_line

README = (ROOT / "README.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^```\w+ ([\w./]+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL))
CONSOLES = re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [
    command for console in CONSOLES for command in re.findall(r"^\$ (.*?)(?=^\$ |\Z)", console, re.MULTILINE | re.DOTALL)]
# Builds, which CI does itself, and what needs a build with TLS; `run` has tests of its own, with clients that do it.
ELSEWHERE = re.compile(r"swift (build|test)|--traits TLS|--cacert|kis-mock run")
JUNIT = Path("/usr/share/java/junit-platform-console-standalone.jar")


def with_kis_mock(folder: Path, **variables) -> dict:
    """An environment in which `kis-mock` is on PATH, as after an installation."""
    (folder / "bin").mkdir()
    (folder / "bin/kis-mock").symlink_to(BINARY)
    return os.environ | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}"} | variables


def run_recipe(folder: Path, *commands: list[str]):
    """Runs commands one after the other."""
    environment = with_kis_mock(folder)
    for command in commands:
        result = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=240, stdin=subprocess.DEVNULL)
        assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture
def paste(tmp_path):
    """Writes the named block of the README to a folder of its own."""

    def write(name: str) -> Path:
        (tmp_path / name).write_text(RECIPES[name], encoding="utf-8")
        return tmp_path

    return write


def test_pytest(paste):
    run_recipe(paste("test_my_client.py"), [sys.executable, "-m", "pytest", "-q", "test_my_client.py"])


@pytest.mark.skipif(not shutil.which("node"), reason="no node here")
def test_node(paste):
    run_recipe(paste("my_client.test.mjs"), ["node", "--test", "my_client.test.mjs"])


@pytest.mark.skipif(not shutil.which("go"), reason="no go here")
def test_go(paste):
    run_recipe(paste("my_client_test.go"), ["go", "mod", "init", "example"], ["go", "test", "./..."])


@pytest.mark.skipif(not (shutil.which("javac") and JUNIT.exists()), reason="no JUnit here")
def test_junit(paste):
    run_recipe(
        paste("MyClientTest.java"),
        ["javac", "-cp", "/usr/share/java/*", "MyClientTest.java"],
        ["java", "-cp", ".:/usr/share/java/*", "org.junit.platform.console.ConsoleLauncher", "--select-class", "MyClientTest"])


def without_output(command: str) -> str:
    """A command with the lines that belong to it: those of an open quote."""
    lines = command.splitlines()
    while len(lines) > 1 and "\n".join(lines[:-1]).count("'") % 2 == 0:
        lines.pop()
    return "\n".join(lines)


def test_the_commands(tmp_path, serve_recording):
    """All of them in order, against one server on free ports; those that serve get a moment, then Control-C."""
    for folder in ("recordings", "scenarios"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    with serve_recording("--start", "10:00:00", "--speed", "60") as server:
        environment = with_kis_mock(
            tmp_path, KIS_MOCK_REST_PORT="0", KIS_MOCK_WS_PORT="0", KIS_MOCK_REST_URL=server.rest,
            KIS_MOCK_WS_URL=server.ws, KIS_MOCK_ADMIN_URL=server.admin)
        tried = [without_output(command) for command in COMMANDS if not ELSEWHERE.search(command)]
        assert len(tried) > 35, "the README has lost its commands"
        for command in tried:
            command = command.removeprefix("swift run ").replace("localhost:9443", server.rest.removeprefix("http://"))
            if re.match(r"kis-mock (serve|watch)\b", command):
                watch_a_moment(command, tmp_path, environment)
                continue
            command = command.replace("curl ", "curl --silent --show-error --fail-with-body ")
            result = subprocess.run(
                command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60,
                stdin=subprocess.DEVNULL)
            assert result.returncode == 0, command + "\n" + result.stdout + result.stderr


def watch_a_moment(command: str, folder: Path, environment: dict):
    with (folder / "stderr").open("wb") as errors:
        process = subprocess.Popen(
            "exec " + command, shell=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=errors)
    try:
        assert first_line(process, folder / "stderr"), command
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == (130 if "watch" in command else 0), command
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()
