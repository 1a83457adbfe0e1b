"""The recipes of the README, run as a reader would paste them: code blocks whose fence names a file."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from mock import BINARY, ROOT

BLOCK = re.compile(r"^```\w+ ([\w./]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RECIPES = dict(BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")))
JUNIT = Path("/usr/share/java/junit-platform-console-standalone.jar")


def run_recipe(folder: Path, *commands: list[str]):
    """Runs commands where `kis-mock` is on PATH, as after an installation."""
    (folder / "bin").mkdir()
    (folder / "bin/kis-mock").symlink_to(BINARY)
    environment = os.environ | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
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
