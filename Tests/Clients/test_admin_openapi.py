"""A client generated from docs/admin-openapi.json works the admin API of a running mock."""

import importlib
import subprocess
import sys

import pytest
from mock import ROOT
from openapi_spec_validator import validate
from openapi_spec_validator.readers import read_from_filename

DESCRIPTION = ROOT / "docs/admin-openapi.json"


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    """The package that openapi-python-client writes, imported."""
    folder = tmp_path_factory.mktemp("generated")
    subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--path", DESCRIPTION, "--meta", "none",
         "--output-path", folder / "admin_client"], check=True, capture_output=True, cwd=folder)
    sys.path.insert(0, str(folder))
    yield lambda name: importlib.import_module(f"admin_client.{name}")
    sys.path.remove(str(folder))


@pytest.fixture
def call(generated, serve_recording):
    """Calls an operation by its name and gives back what it answered, parsed."""
    with serve_recording("--clock", "virtual", "--paused", "recordings/simulated-session.jsonl") as mock:
        client = generated("client").Client(base_url=mock.admin)
        yield lambda operation, *path, **arguments: generated(f"api.default.{operation}").sync(
            *path, client=client, **arguments)


def test_the_description_is_valid_openapi():
    description, _ = read_from_filename(str(DESCRIPTION))
    validate(description)


def test_replay_and_clock(generated, call):
    models = generated("models")
    assert call("get_health").status == "healthy"
    sought = call("post_replay_seek", body=models.Seek(time="09:00:00"))
    assert (sought.state, sought.time_of_day) == ("paused", "09:00:00")
    stepped = call("post_replay_step", body=models.Step(until=models.Match(tr_id="H0STCNT0", tr_key="000660")))
    assert stepped.matched and "|000660^" in stepped.messages[-1] and stepped.messages[-1].startswith("0|H0STCNT0|")
    assert call("post_replay_rate", body=models.Rate(speed="max")).speed == "max"
    frozen = call("post_clock_freeze")
    assert call("post_clock_advance", body=models.Advance(by="1m")).now_ns == frozen.now_ns + 60_000_000_000


def test_sandboxes_and_journal(generated, call):
    models = generated("models")
    created = call("post_sandboxes", body=models.NewSandbox(
        name="alice", app_keys=["alice-key"], recordings=["recordings/documented.jsonl"], seed=5))
    assert (created.name, created.seed, created.app_keys) == ("alice", 5, ["alice-key"])
    assert call("get_requests", sandbox="alice").total == 0
    verified = call("post_verify", sandbox="alice", body=models.Expectations(expect=[{"connect": {}, "absent": True}]))
    assert verified.met
    assert [box.name for box in call("delete_sandboxes_name", "alice").sandboxes] == ["default"]


def test_refusals_are_described(generated, call):
    models = generated("models")
    refused = call("post_replay_seek", body=models.Seek(marker="nowhere"))
    assert isinstance(refused, models.Error) and "nowhere" in refused.error.message
