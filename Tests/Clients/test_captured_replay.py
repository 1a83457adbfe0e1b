"""A captured session is played to a client with other keys and another account as if it were its own."""

import base64
import json

import pytest
import requests
from Crypto.Cipher import AES
from Crypto.Util.Padding import unpad
from mock import serve
from recording import TRADE
from test_record import registration
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

ACCOUNT, HTS_ID = "00000001", "aaaaaab"
BALANCE = "/uapi/domestic-stock/v1/trading/inquire-balance"
HEADER = {
    "kis_recording": 2, "start": "2026-09-21T09:00:00+09:00", "venue": "real", "dialect": "2026-09-21",
    "provenance": "captured", "source": "a proxy", "title": "two connections",
    "placeholders": [{"kind": "account", "text": ACCOUNT}, {"kind": "hts-id", "text": HTS_ID}]}
MILLISECOND = 1_000_000


def trade(code, price):
    return f"0|H0STCNT0|001|{TRADE}".replace("005930", code, 1).replace("71900", str(price), 1)


def notice(order):
    values = [HTS_ID, f"{ACCOUNT}01", order, "", "02", "0", "00", "0", "005930", "0000000010", "000071900", "093001"]
    return "1|H0STCNI0|001|" + "^".join(values + ["0"] * 14)


def registered(connection, at, tr_id, tr_key):
    text = registration("ca0000000001", tr_id, tr_key)
    return {"t": at * MILLISECOND, "conn": connection, "from": "client", "ws": text}


EVENTS = [
    {"t": 0, "conn": 1, "rest": {
        "method": "GET", "path": BALANCE, "tr_id": "TTTC8434R", "params": {"CANO": ACCOUNT, "ACNT_PRDT_CD": "01"},
        "status": 200, "took": 30 * MILLISECOND,
        "body": {"rt_cd": "0", "msg_cd": "KIOK0510", "msg1": "ok", "output1": [
            {"pdno": "005930", "CANO": ACCOUNT, "hldg_qty": "00000001"}]}}},
    {"t": 1 * MILLISECOND, "conn": 2, "open": {"path": "/tryitout", "headers": {}}},
    registered(2, 2, "H0STCNT0", "005930"),
    registered(2, 3, "H0STCNI0", HTS_ID),
    {"t": 4 * MILLISECOND, "conn": 3, "open": {"path": "/tryitout", "headers": {}}},
    registered(3, 5, "H0STCNT0", "000660"),
    registered(3, 6, "H0STCNT0", "005930"),
    {"t": 300 * MILLISECOND, "conn": 2, "ws": trade("005930", 70001)},
    {"t": 310 * MILLISECOND, "conn": 3, "ws": trade("005930", 80001)},
    {"t": 320 * MILLISECOND, "conn": 3, "ws": trade("000660", 90001)},
    {"t": 330 * MILLISECOND, "conn": 2, "ws": notice("0000000001")},
    {"t": 340 * MILLISECOND, "conn": 2, "close": {"code": 1001, "reason": "going"}},
    {"t": 400 * MILLISECOND, "conn": 3, "ws": trade("000660", 90002)},
    {"t": 410 * MILLISECOND, "conn": 3, "ws": trade("005930", 80002)},
    {"t": 420 * MILLISECOND, "conn": 3, "lost": True},
]


@pytest.fixture
def captured(tmp_path):
    path = tmp_path / "captured.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in [HEADER, *EVENTS]))
    return path


class Client:
    """A client with keys of its own and one connection."""

    def __init__(self, mock, name):
        self.mock, self.name = mock, name
        keys = {"appkey": f"KEY{name}", "secretkey": f"SECRET{name}", "appsecret": f"SECRET{name}"}
        body = {"grant_type": "client_credentials", **keys}
        self.key = requests.post(f"{mock.rest}/oauth2/Approval", json=body, timeout=10).json()["approval_key"]
        self.socket = connect(f"{mock.ws}/tryitout", ping_interval=None)

    def register(self, tr_id, tr_key):
        self.socket.send(registration(self.key, tr_id, tr_key))
        while not (text := self.socket.recv(timeout=20)).startswith("{"):
            pass
        self.reply = json.loads(text)["body"]
        return self.reply["msg_cd"]

    def decrypted(self, notice):
        """The payload of a notice, with the iv and key of this session."""
        output = self.reply["output"]
        cipher = AES.new(output["key"].encode(), AES.MODE_CBC, output["iv"].encode())
        return unpad(cipher.decrypt(base64.b64decode(notice.split("|")[3])), 16).decode()

    def frames(self):
        """Everything up to the end of the connection, and how it ended."""
        texts = []
        try:
            while True:
                text = self.socket.recv(timeout=20)
                if text[0] in "01":
                    texts.append(text)
        except ConnectionClosed as end:
            return texts, end.rcvd.code if end.rcvd else None


def prices(frames):
    return [(frame.split("|")[3].split("^")[0], frame.split("|")[3].split("^")[2]) for frame in frames if frame[0] == "0"]


def test_rest_is_answered_for_another_account(captured, tmp_path):
    with serve(tmp_path / "log", captured, "--clock", "virtual", "--lenient") as mock:
        keys = {"appkey": "MYKEY", "appsecret": "MYSECRET"}
        token = requests.post(
            f"{mock.rest}/oauth2/tokenP", json={"grant_type": "client_credentials", **keys}, timeout=10)
        headers = {"authorization": "Bearer " + token.json()["access_token"], "tr_id": "TTTC8434R", "custtype": "P", **keys}
        answer = requests.get(
            mock.rest + BALANCE, params={"CANO": "87654321", "ACNT_PRDT_CD": "01"}, headers=headers, timeout=10).json()
    assert answer["msg_cd"] == "KIOK0510"
    # Where the account stands under its name, it is the client's; a number that looks like the placeholder stays.
    assert answer["output1"] == [{"pdno": "005930", "CANO": "87654321", "hldg_qty": "00000001"}]


def test_recorded_connections_become_sessions_by_their_registrations(captured, tmp_path):
    with serve(tmp_path / "log", captured, "--clock", "virtual", "--paused", "--only-recorded", "--lenient") as mock:
        first, second = Client(mock, "A"), Client(mock, "B")
        # Only one of the recorded connections had both.
        assert first.register("H0STCNI0", "my_own_id") == "OPSP0000"
        assert first.register("H0STCNT0", "005930") == "OPSP0000"
        assert second.register("H0STCNT0", "005930") == "OPSP0000"
        assert second.register("H0STCNT0", "000660") == "OPSP0000"
        requests.post(f"{mock.admin}/replay/play", timeout=10).raise_for_status()
        frames, code = first.frames()
        others, end = second.frames()
    assert prices(frames) == [("005930", "70001")] and code == 1001
    # The end of the first connection is not that of the second, and no message comes twice.
    assert prices(others) == [("005930", "80001"), ("000660", "90001"), ("000660", "90002"), ("005930", "80002")]
    assert end is None


def test_a_notice_is_about_whoever_gets_it(captured, tmp_path):
    with serve(tmp_path / "log", captured, "--clock", "virtual", "--paused", "--only-recorded", "--lenient") as mock:
        keys = {"appkey": "KEYA", "appsecret": "SECRETA"}
        token = requests.post(
            f"{mock.rest}/oauth2/tokenP", json={"grant_type": "client_credentials", **keys}, timeout=10)
        headers = {"authorization": "Bearer " + token.json()["access_token"], "tr_id": "TTTC8434R", "custtype": "P", **keys}
        requests.get(
            mock.rest + BALANCE, params={"CANO": "87654321", "ACNT_PRDT_CD": "01"}, headers=headers, timeout=10)
        client = Client(mock, "A")
        assert client.register("H0STCNI0", "my_own_id") == "OPSP0000"
        requests.post(f"{mock.admin}/replay/play", timeout=10).raise_for_status()
        frames, _ = client.frames()
    assert len(frames) == 1 and frames[0].startswith("1|H0STCNI0|001|")
    # As the recording has it, but for the id and the account; the order number looks like an account and is none.
    values = client.decrypted(frames[0]).split("^")
    assert values[:3] == ["my_own_id", "8765432101", "0000000001"] and len(values) == 26


@pytest.mark.parametrize("order", [1, 2])
def test_with_a_replay_of_its_own_each_session_is_a_recorded_one_by_its_ordinal(captured, tmp_path, order):
    with serve(
        tmp_path / "log", captured, "--clock", "virtual", "--playhead", "session", "--only-recorded", "--lenient"
    ) as mock:
        seen = []
        for name in "ABC"[:order + 1]:
            client = Client(mock, name)
            client.register("H0STCNT0", "005930")
            frames, code = client.frames()
            seen.append((prices(frames), code))
    connections = [([("005930", "70001")], 1001), ([("005930", "80001"), ("005930", "80002")], None)]
    assert seen == [connections[number % 2] for number in range(order + 1)]


def test_what_nobody_recorded_is_simulated_silent_or_refused(captured, tmp_path):
    with serve(tmp_path / "1", captured, "--clock", "virtual", "--paused") as mock:
        assert Client(mock, "A").register("H0STCNT0", "035720") == "OPSP0000"
    with serve(tmp_path / "2", captured, "--clock", "virtual", "--paused", "--refuse-unrecorded") as mock:
        client = Client(mock, "A")
        assert client.register("H0STCNT0", "035720") == "OPSP8993"
        assert client.register("H0STCNT0", "005930") == "OPSP0000"
