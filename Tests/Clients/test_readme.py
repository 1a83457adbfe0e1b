"""The README and the pages of docs, done as a reader would: recipes (code blocks whose fence names a file) are pasted, commands are typed."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from mock import BINARY, ROOT, first_line

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
README = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
RECIPES = dict(re.findall(r"^```\w+ ([\w./]+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL))
COMMANDS = {
    page.name: [
        command for console in re.findall(r"^```console\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        for command in re.findall(r"^\$ (.*?)(?=^\$ |\Z)", console, re.MULTILINE | re.DOTALL)]
    for page in PAGES}
# Scenarios that pages show, by the name in their first line.
SCENARIOS = {
    name: text for text, name in re.findall(r"^```yaml\n(# ([\w-]+\.yaml)\n.*?)^```$", README, re.MULTILINE | re.DOTALL)}
# What a page's reader has already.
HAD = {"recordings.md": ["session.jsonl", "yesterday.jsonl", "today.jsonl"], "record-and-import.md": ["captured.jsonl"]}
# Builds, which CI does itself, and what needs a build with TLS; `run` and `shrink` have tests of their own, with commands that fail.
ELSEWHERE = re.compile(r"python3 evening.py|swift (build|test)|--traits TLS|--cacert|kis-mock (run|shrink)|^bash \.ci|^python3 \.ci|KIS_FACTS=")
# Verbs that end with 1 when they find what they look for.
CHECKS = re.compile(r"kis-mock (lint session|drift session|diff)\b")
JUNIT = Path("/usr/share/java/junit-platform-console-standalone.jar")


def with_kis_mock(folder: Path, **variables) -> dict:
    """An environment in which `kis-mock` is on PATH, as after an installation."""
    (folder / "bin").mkdir()
    (folder / "bin/kis-mock").symlink_to(BINARY)
    return os.environ | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}"} | variables


def test_the_readme_is_read_in_two_minutes():
    assert len(PAGES[0].read_text(encoding="utf-8").splitlines()) <= 200


def test_every_page_is_in_the_index_and_every_link_leads_somewhere():
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    for page in PAGES[1:]:
        assert page.name == "README.md" or f"({page.name})" in index, page.name
    for page in PAGES:
        for link in re.findall(r"\]\(([^)#:\s]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_the_journeys_in_the_architecture_lead_through_files_that_are_there_and_are_counted():
    part = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## How far a reader has to go")[1].split("\n## ")[0]
    journeys = re.findall(r"^\* \*\*(\w+ \w+)[^*]*?, (\d+):\*\* ([^.]+)\.", part, re.MULTILINE)
    assert [name for name, _, _ in journeys] == ["a frame", "a request", "an order"]
    files = {path.stem for path in (ROOT / "Sources").rglob("*.swift")}
    for (name, count, files_on_the_way), most in zip(journeys, [15, 20, 15]):
        names = re.findall(r"\b[A-Z]\w+(?:\+\w+)?", files_on_the_way)
        assert len(names) == int(count) <= most, name
        assert not set(names) - files, name


@pytest.mark.parametrize("suite", ["pytest", "node", "go", "junit"])
def test_init_writes_what_the_pages_show(tmp_path, suite):
    result = subprocess.run([BINARY, "init", suite], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    written = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()}
    assert written and written.items() <= RECIPES.items()
    again = subprocess.run([BINARY, "init", suite], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert again.returncode == 2 and "--force" in again.stderr


def test_the_program_travels_alone(tmp_path):
    """Copied to an empty folder far from the project, it still has its scenarios and recordings."""
    alone = tmp_path / "kis-mock"
    shutil.copy(BINARY, alone)
    listed = subprocess.run([alone, "scenarios", "--json"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    names = [scenario["name"] for scenario in json.loads(listed.stdout)]
    assert sorted(names) == sorted(file.stem for file in (ROOT / "scenarios").glob("*.yaml"))
    for name in names:
        shown = subprocess.run(
            [alone, "serve", "--scenario", name, "--print-config"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert shown.returncode == 0, f"{name}: {shown.stderr}"


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


def test_the_evening(paste, serve_recording):
    folder = paste("evening.py")
    (folder / "evening.yaml").write_text(SCENARIOS["evening.yaml"], encoding="utf-8")
    with serve_recording("--scenario", folder / "evening.yaml") as server:
        environment = os.environ | {"KIS_MOCK_REST_URL": server.rest, "KIS_MOCK_WS_URL": server.ws}
        result = subprocess.run(
            [sys.executable, "evening.py"], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
        assert result.returncode == 0, result.stdout + result.stderr


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


def test_pages_have_their_commands():
    assert sum(map(len, COMMANDS.values())) > 80, "the pages have lost their commands"


@pytest.mark.parametrize("page", [page for page, commands in COMMANDS.items() if commands])
def test_the_commands(tmp_path, serve_recording, page):
    """All of a page in order, against one server on free ports; those that serve get a moment, then Control-C."""
    for folder in ("recordings", "scenarios"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    for name, lines in SCENARIOS.items():
        (tmp_path / name).write_text(lines, encoding="utf-8")
    for name in HAD.get(page, []):
        shutil.copy(ROOT / "recordings/simulated-session.jsonl", tmp_path / name)
    if page == "record-and-import.md":
        subprocess.run([BINARY, "export", "captured.jsonl", "--output", "captured.pcapng"], cwd=tmp_path, check=True, timeout=60)
    with serve_recording("--start", "10:00:00", "--speed", "60") as server:
        environment = with_kis_mock(
            tmp_path, KIS_MOCK_REST_PORT="0", KIS_MOCK_WS_PORT="0", KIS_MOCK_REST_URL=server.rest,
            KIS_MOCK_WS_URL=server.ws, KIS_MOCK_ADMIN_URL=server.admin)
        for command in map(without_output, COMMANDS[page]):
            if ELSEWHERE.search(command):
                continue
            command = re.sub(r"(localhost|127\.0\.0\.1):9443", server.rest.removeprefix("http://"), command.removeprefix("swift run "))
            command = command.replace("ws://127.0.0.1:21000", server.ws)
            if re.match(r"kis-mock (serve|watch|record|page)\b", command):
                watch_a_moment(command, tmp_path, environment)
                continue
            command = command.replace("curl ", "curl --silent --show-error --fail-with-body ")
            result = subprocess.run(
                command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60,
                stdin=subprocess.DEVNULL)
            fine = (0, 1) if CHECKS.search(command) else (0,)
            assert result.returncode in fine, command + "\n" + result.stdout + result.stderr


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
