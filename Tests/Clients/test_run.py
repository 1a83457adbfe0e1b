"""`kis-mock run`: the environment it gives, what it checks, what it exits with, what it reports."""

import json
import sys
import xml.etree.ElementTree as ElementTree

import pytest
from mock import run

CLIENT = """
import json, os, urllib.request
body = {"grant_type": "client_credentials", "appkey": os.environ["KIS_APP_KEY"],
        "secretkey": os.environ["KIS_APP_SECRET"]}
request = urllib.request.Request(os.environ["KIS_REST_URL"] + "/oauth2/Approval", json.dumps(body).encode())
print(json.load(urllib.request.urlopen(request))["approval_key"])
"""


@pytest.fixture
def scenario(tmp_path):
    """A scenario that expects one approval key to be fetched."""
    file = tmp_path / "approval.yaml"
    file.write_text("expect: [{request: {path: /oauth2/Approval}, exactly: 1}]\n")
    return file


def test_a_client_that_does_as_expected_succeeds(scenario):
    result = run("run", "--scenario", scenario, "--json", "--", sys.executable, "-c", CLIENT)
    assert result.returncode == 0, result.stderr
    key, report = result.stdout.splitlines()
    assert len(key) == 36
    assert json.loads(report)["ok"] is True


def test_a_client_that_does_not_fails_with_a_reason(scenario, tmp_path):
    result = run("run", "--scenario", scenario, "--seed", "9", "--junit", tmp_path / "j.xml", "--", "true")
    assert result.returncode == 1
    assert "expected exactly 1 of [request path /oauth2/Approval]; found 0" in result.stderr
    assert "--seed 9" in result.stderr
    suite = ElementTree.parse(tmp_path / "j.xml").getroot().find("testsuite")
    assert [case.find("failure") is not None for case in suite.findall("testcase")] == [False, True]


def test_a_client_that_fails_fails_the_run(scenario):
    assert run("run", "--tap", "-", "--", "sh", "-c", "exit 3").returncode == 1


def test_wrong_usage_is_told_apart():
    result = run("run", "--scenario", "token-expire", "--", "true")
    assert result.returncode == 2
    assert "did you mean `token-expiry`?" in result.stderr
    assert run("run").returncode == 2


def test_same_seed_same_key(scenario):
    keys = [run("run", "--seed", "4", "--", sys.executable, "-c", CLIENT).stdout for _ in range(2)]
    assert keys[0] == keys[1] != ""
