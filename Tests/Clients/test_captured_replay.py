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


ORDER = "/uapi/domestic-stock/v1/trading/order-cash"
DONE = "/uapi/domestic-stock/v1/trading/inquire-daily-ccld"


@pytest.mark.parametrize("answers", [None, "recording-first", "exchange-first"])
def test_a_client_that_orders_for_itself_has_an_account_of_its_own_from_then_on(captured, tmp_path, answers):
    account = {
        "CANO": "87654321", "ACNT_PRDT_CD": "01", "AFHR_FLPR_YN": "N", "OFL_YN": "", "INQR_DVSN": "02", "UNPR_DVSN": "01",
        "FUND_STTL_ICLD_YN": "N", "FNCG_AMT_AUTO_RDPT_YN": "N", "PRCS_DVSN": "00", "CTX_AREA_FK100": "",
        "CTX_AREA_NK100": ""}
    header, balance, *rest = captured.read_text(encoding="utf-8").splitlines()
    balance = json.loads(balance)
    balance["rest"]["params"] = account | {"CANO": ACCOUNT}
    captured.write_text("\n".join([header, json.dumps(balance), *rest]) + "\n", encoding="utf-8")
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text(f"recording: {captured}\n" + (f"answers: {answers}\n" if answers else ""), encoding="utf-8")
    with serve(tmp_path / "log", "--scenario", scenario, "--clock", "virtual", "--lenient") as mock:
        keys = {"appkey": "MYKEY", "appsecret": "MYSECRET"}
        token = requests.post(
            f"{mock.rest}/oauth2/tokenP", json={"grant_type": "client_credentials", **keys}, timeout=10)
        headers = {"authorization": "Bearer " + token.json()["access_token"], "custtype": "P", **keys}

        def balance():
            answer = requests.get(mock.rest + BALANCE, params=account, headers=headers | {"tr_id": "TTTC8434R"}, timeout=10)
            return answer.json()["output1"]

        recorded = [{"pdno": "005930", "CANO": "87654321", "hldg_qty": "00000001"}]
        assert (balance() == recorded) == (answers != "exchange-first")
        order = {"CANO": "87654321", "ACNT_PRDT_CD": "01", "PDNO": "005930", "ORD_DVSN": "01", "ORD_QTY": "1", "ORD_UNPR": "0"}
        placed = requests.post(mock.rest + ORDER, json=order, headers=headers | {"tr_id": "TTTC0012U"}, timeout=10).json()
        assert placed["rt_cd"] == "0", placed
        # The recording knows nothing of that order: a balance without it would be wrong.
        assert (balance() == recorded) == (answers == "recording-first")
        listed = requests.get(mock.rest + DONE, params={
            "CANO": "87654321", "ACNT_PRDT_CD": "01", "INQR_STRT_DT": "20260921", "INQR_END_DT": "20260921", "SLL_BUY_DVSN_CD": "00", "INQR_DVSN": "00", "PDNO": "",
            "CCLD_DVSN": "00", "ORD_GNO_BRNO": "", "ODNO": "", "INQR_DVSN_3": "00", "INQR_DVSN_1": "",
            "CTX_AREA_FK100": "", "CTX_AREA_NK100": ""}, headers=headers | {"tr_id": "TTTC0081R"}, timeout=10).json()
        assert [row["odno"] for row in listed["output1"]] == [placed["output"]["ODNO"]]
        # Another client, who orders nothing, still sees what was recorded.
        keys = {"appkey": "OTHER", "appsecret": "OTHERSECRET"}
        token = requests.post(
            f"{mock.rest}/oauth2/tokenP", json={"grant_type": "client_credentials", **keys}, timeout=10)
        headers = {"authorization": "Bearer " + token.json()["access_token"], "custtype": "P", **keys}
        account["CANO"] = "87650000"
        assert (balance() == [recorded[0] | {"CANO": "87650000"}]) == (answers != "exchange-first")


def test_a_capture_is_shown_as_another_day_in_answers_and_frames_alike(tmp_path):
    """Asked with the days as they are shown, it answers with what was recorded for the days that are meant."""
    chart = "/uapi/domestic-stock/v1/quotations/inquire-daily-itemchartprice"
    asked = {"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": "005930", "FID_PERIOD_DIV_CODE": "D", "FID_ORG_ADJ_PRC": "0"}
    frame = trade("005930", 70001).split("^")
    frame[33] = "20260921"
    frame = "^".join(frame)
    rows = [{"stck_bsop_date": day, "stck_clpr": "20260921"} for day in ("20260921", "20260918")]
    path = tmp_path / "captured.jsonl"
    lines = [HEADER, {"t": 0, "conn": 1, "rest": {
        "method": "GET", "path": chart, "tr_id": "FHKST03010100",
        "params": asked | {"FID_INPUT_DATE_1": "20260918", "FID_INPUT_DATE_2": "20260921"}, "status": 200,
        "took": MILLISECOND, "body": {"rt_cd": "0", "msg_cd": "MCA00000", "msg1": "ok", "output1": {}, "output2": rows}}}]
    lines += [{"t": 1 * MILLISECOND, "conn": 2, "open": {"path": "/tryitout", "headers": {}}},
              registered(2, 2, "H0STCNT0", "005930"), {"t": 300 * MILLISECOND, "conn": 2, "ws": frame}]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    with serve(
        tmp_path / "log", path, "--clock", "virtual", "--paused", "--only-recorded", "--lenient", "--date", "2026-09-28"
    ) as mock:
        keys = {"appkey": "MYKEY", "appsecret": "MYSECRET"}
        token = requests.post(
            f"{mock.rest}/oauth2/tokenP", json={"grant_type": "client_credentials", **keys}, timeout=10)
        headers = {
            "authorization": "Bearer " + token.json()["access_token"], "tr_id": "FHKST03010100", "custtype": "P", **keys}
        answer = requests.get(
            mock.rest + chart, params=asked | {"FID_INPUT_DATE_1": "20260923", "FID_INPUT_DATE_2": "20260928"},
            headers=headers, timeout=10).json()
        client = Client(mock, "A")
        assert client.register("H0STCNT0", "005930") == "OPSP0000"
        requests.post(f"{mock.admin}/replay/play", timeout=10).raise_for_status()
        text = client.socket.recv(timeout=20)
    # 24 and 25 September are the holidays of Chuseok, so three trading days lie between the 21st and the 28th.
    assert [row["stck_bsop_date"] for row in answer["output2"]] == ["20260928", "20260923"]
    assert {row["stck_clpr"] for row in answer["output2"]} == {"20260921"}, "a price is no day"
    was, now = frame.split("^"), text.split("^")
    assert [(one, other) for one, other in zip(was, now, strict=True) if one != other] == [("20260921", "20260928")]
