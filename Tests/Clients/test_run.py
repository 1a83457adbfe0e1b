"""`kis-mock run`, the line for CI: a client that copes with a scenario passes, one that does not fails with a reason."""

import signal
import subprocess
import sys
import textwrap

from attack import attack
from mock import BINARY, run

# korea-investment-stock renews a token that KIS calls expired; it gets through.
RENEWS = """
    import os, requests
    import korea_investment_stock.korea_investment_stock as client
    send = requests.Session.request
    host = "https://openapi.koreainvestment.com:9443"
    requests.Session.request = lambda self, method, url, **rest: send(
        self, method, url.replace(host, os.environ["KIS_REST_URL"]), **rest)
    with client.KoreaInvestment(os.environ["KIS_APP_KEY"], os.environ["KIS_APP_SECRET"], "12345678-01") as broker:
        for _ in range(4):
            assert broker.fetch_domestic_price("005930")["rt_cd"] == "0"
"""

# kis-wrapper keeps its token for a day; it never gets out of it.
KEEPS = """
    import os, kis, kis.auth
    kis.auth._URLS["prod"] = os.environ["KIS_REST_URL"]
    with kis.KIS(os.environ["KIS_APP_KEY"], os.environ["KIS_APP_SECRET"], "12345678-01", env="prod") as client:
        for _ in range(4):
            kis.domestic.price(client, "005930")
"""


def token_expiry(script: str, home):
    return run(
        "run", "--scenario", "scenarios/token-expiry.yaml", "--junit", home / "report.xml", "--",
        "env", f"HOME={home}", sys.executable, "-c", textwrap.dedent(script))


def test_a_client_that_renews_its_token_passes(tmp_path):
    result = token_expiry(RENEWS, tmp_path)
    assert result.returncode == 0, result.stderr
    assert "<testsuite" in (tmp_path / "report.xml").read_text()


def test_a_client_that_keeps_its_token_fails_with_a_reason(tmp_path):
    result = token_expiry(KEEPS, tmp_path)
    assert result.returncode == 1
    assert "seed 1" in result.stderr and "EGW00123" in result.stderr


def test_an_interruption_reaches_the_command(tmp_path):
    script = "import time; print('up', flush=True); time.sleep(60)"
    process = subprocess.Popen(
        [BINARY, "run", "--", sys.executable, "-c", script], cwd=tmp_path, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout.readline() == "up\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()


@attack("commands", "`run` started by somebody who ignores SIGCHLD", "the command's own exit code, not 0")
def test_how_the_command_ended_is_known_whoever_started_us():
    result = subprocess.run(
        [BINARY, "run", "--", "sh", "-c", "exit 7"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
        preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
    assert result.returncode == 1
    assert "ended with 7" in result.stderr


@attack("commands", "`run` of a command that sends nothing", "exit 1: does it read KIS_REST_URL?")
def test_a_command_that_sends_nothing_has_not_passed():
    result = run("run", "--", sys.executable, "-c", "pass")
    assert result.returncode == 1
    assert "the command sent nothing: does it read KIS_REST_URL?" in result.stderr


@attack("commands", "`run --timeout 300ms` of a command that hangs", "ended, exit 1")
def test_a_command_that_hangs_is_ended():
    result = run("run", "--timeout", "300ms", "--", sys.executable, "-c", "import time; time.sleep(60)")
    assert result.returncode == 1
    assert "--timeout" in result.stderr
