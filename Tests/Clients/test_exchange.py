"""Random orders over REST: whatever is ordered, replies, inquiries, balance and notices tell the same story."""

import base64
import itertools
import json
import os

import requests
import websocket
from Crypto.Cipher import AES
from Crypto.Util.Padding import unpad
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from mock import serve

ACCOUNT = {"CANO": "12345678", "ACNT_PRDT_CD": "01"}
TRADING = "/uapi/domestic-stock/v1/trading/"
CODES = ["005930", "000660"]
keys = itertools.count(1)


class Orders(RuleBasedStateMachine):
    """One account on a clock that only the test moves."""

    server = None

    @initialize()
    def begin(self):
        key = f"orders{next(keys)}"
        self.rest = self.server.rest
        requests.post(f"{self.server.admin}/reset").raise_for_status()
        requests.post(f"{self.server.admin}/clock/freeze").raise_for_status()
        put = requests.put(
            f"{self.server.admin}/accounts/12345678-01",
            json={"cash": 30_000_000, "holdings": [{"code": "005930", "quantity": 40, "average": 250_000}]})
        put.raise_for_status()
        login = {"grant_type": "client_credentials", "appkey": key}
        token = requests.post(f"{self.rest}/oauth2/tokenP", json={**login, "appsecret": "s"}).json()["access_token"]
        self.headers = {"authorization": f"Bearer {token}", "appkey": key, "appsecret": "s", "custtype": "P"}
        approval = requests.post(f"{self.rest}/oauth2/Approval", json={**login, "secretkey": "s"}).json()
        self.socket = websocket.create_connection(self.server.ws, timeout=5)
        self.socket.send(json.dumps({
            "header": {"approval_key": approval["approval_key"], "custtype": "P", "tr_type": "1",
                       "content-type": "utf-8"},
            "body": {"input": {"tr_id": "H0STCNI0", "tr_key": "me"}}}))
        self.cipher = json.loads(self.socket.recv())["body"]["output"]
        self.ordered, self.told, self.dropped, self.accepted = {}, {}, {}, 0

    def teardown(self):
        if hasattr(self, "socket"):
            self.socket.close()

    def get(self, name, tr_id, **parameters):
        answer = requests.get(
            self.rest + TRADING + name, params={**ACCOUNT, **parameters}, headers={**self.headers, "tr_id": tr_id})
        assert answer.json()["rt_cd"] == "0", answer.text
        return answer.json()

    def post(self, name, tr_id, **body):
        answer = requests.post(
            self.rest + TRADING + name, json={**ACCOUNT, **body}, headers={**self.headers, "tr_id": tr_id}).json()
        return int(answer["output"]["ODNO"]) if answer["rt_cd"] == "0" else None

    @rule(code=st.sampled_from(CODES), buys=st.booleans(), shares=st.integers(1, 60),
          kind=st.sampled_from(["00"] * 5 + ["01", "02", "03", "04", "05", "06", "11", "12", "13", "14", "15", "16",
                                             "21", "22", "23", "24", "99"]),
          ticks=st.integers(-6, 6), route=st.sampled_from(["KRX", "SOR", "NXT"]))
    def order(self, code, buys, shares, kind, ticks, route):
        price = requests.get(
            f"{self.rest}/uapi/domestic-stock/v1/quotations/inquire-price",
            params={"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": code},
            headers={**self.headers, "tr_id": "FHKST01010100"}).json()["output"]
        limit = int(price["stck_prpr"]) + ticks * int(price["aspr_unit"])
        number = self.post(
            "order-cash", "TTTC0012U" if buys else "TTTC0011U", PDNO=code, ORD_DVSN=kind, ORD_QTY=str(shares),
            ORD_UNPR=str(limit) if kind in ("00", "02", "11", "12", "22") else "0", EXCG_ID_DVSN_CD=route,
            CNDT_PRIC=str(limit) if kind == "22" else "")
        if number is not None:
            assert kind not in ("99", "05", "06") and number not in self.ordered
            self.ordered[number] = shares

    @rule(pick=st.integers(0, 50), cancels=st.booleans(), ticks=st.integers(-3, 3))
    def change(self, pick, cancels, ticks):
        rows = self.open_orders()
        if not rows:
            return
        row = rows[pick % len(rows)]
        price = int(row["ord_unpr"]) + 1_000 * ticks
        number = self.post(
            "order-rvsecncl", "TTTC0013U", KRX_FWDG_ORD_ORGNO="06010", ORGN_ODNO=row["odno"], ORD_DVSN="00",
            RVSE_CNCL_DVSN_CD="02" if cancels else "01", ORD_QTY="0", ORD_UNPR=str(price), QTY_ALL_ORD_YN="Y")
        assert number is not None or not cancels, "what may be cancelled can be cancelled"
        if number is not None:
            self.ordered[number] = int(row["psbl_qty"])

    @rule(seconds=st.sampled_from([1, 1, 2, 5, 30, 600]))
    def wait(self, seconds):
        requests.post(f"{self.server.admin}/clock/advance", json={"by": f"{seconds}s"}).raise_for_status()

    def open_orders(self):
        rows = self.get(
            "inquire-psbl-rvsecncl", "TTTC0084R", CTX_AREA_FK100="", CTX_AREA_NK100="", INQR_DVSN_1="0",
            INQR_DVSN_2="0")["output"]
        return rows

    @invariant()
    def one_story(self):
        if not hasattr(self, "socket"):
            return
        daily = self.get(
            "inquire-daily-ccld", "TTTC0081R", INQR_STRT_DT="20200101", INQR_END_DT="20991231", SLL_BUY_DVSN_CD="00",
            PDNO="", ORD_GNO_BRNO="", ODNO="", CCLD_DVSN="00", INQR_DVSN="00", INQR_DVSN_1="", INQR_DVSN_3="00",
            EXCG_ID_DVSN_CD="ALL", CTX_AREA_FK100="", CTX_AREA_NK100="")["output1"]
        rows = {int(row["odno"]): row for row in daily}
        assert set(rows) == set(self.ordered)
        orders = [row for row in daily if row["cncl_yn"] != "Y"]
        for row in orders:
            parts = [int(row[name]) for name in ("tot_ccld_qty", "cncl_cfrm_qty", "rmn_qty", "rjct_qty")]
            assert sum(parts) == int(row["ord_qty"]) and min(parts) >= 0, row
        assert {row["odno"] for row in orders if row["rmn_qty"] != "0"} == {r["odno"] for r in self.open_orders()}
        self.check_balance(orders)
        self.check_notices(rows)

    def check_balance(self, orders):
        balance = self.get(
            "inquire-balance", "TTTC8434R", AFHR_FLPR_YN="N", OFL_YN="", INQR_DVSN="02", UNPR_DVSN="01",
            FUND_STTL_ICLD_YN="N", FNCG_AMT_AUTO_RDPT_YN="N", PRCS_DVSN="00", CTX_AREA_FK100="", CTX_AREA_NK100="")
        held = {row["pdno"]: row for row in balance["output1"]}
        totals = balance["output2"][0]
        for code in CODES:
            filled = sum(
                int(row["tot_ccld_qty"]) * (1 if row["sll_buy_dvsn_cd"] == "02" else -1)
                for row in orders if row["pdno"] == code)
            line = held.get(code, {"hldg_qty": "0", "ord_psbl_qty": "0"})
            assert int(line["hldg_qty"]) == (40 if code == "005930" else 0) + filled
            assert 0 <= int(line["ord_psbl_qty"]) <= int(line["hldg_qty"])
        spent = sum(
            int(row["tot_ccld_amt"]) * (1 if row["sll_buy_dvsn_cd"] == "02" else -1) for row in orders)
        assert int(totals["prvs_rcdl_excc_amt"]) == 30_000_000 - spent - int(totals["thdt_tlex_amt"])
        assert int(totals["prvs_rcdl_excc_amt"]) >= 0

    def check_notices(self, rows):
        expected = {number: int(row["tot_ccld_qty"]) for number, row in rows.items() if row["tot_ccld_qty"] != "0"}
        accepted = len(rows)
        while sum(self.told.values()) < sum(expected.values()) or self.accepted < accepted:
            frame = self.socket.recv()
            if not frame.startswith("1|"):
                continue
            key, iv = self.cipher["key"].encode(), self.cipher["iv"].encode()
            plain = unpad(
                AES.new(key, AES.MODE_CBC, iv).decrypt(base64.b64decode(frame.split("|")[3])), AES.block_size)
            notice = plain.decode().split("^")
            number = int(notice[2])
            if notice[13:15] == ["1", "3"]:
                # What IOC, FOK or an empty side left.
                self.dropped[number] = self.dropped.get(number, 0) + int(notice[9])
            elif notice[13] == "2":
                self.told[number] = self.told.get(number, 0) + int(notice[9])
                assert int(notice[16]) == int(rows[number]["ord_qty"])
            else:
                self.accepted += 1
        assert self.told == expected and self.accepted == accepted
        for number, quantity in self.dropped.items():
            assert quantity <= int(rows[number]["rjct_qty"])


def test_random_orders_tell_one_story(tmp_path):
    # The clients here do not read while time is moved, so nobody answers a PINGPONG.
    quiet = tmp_path / "quiet.yaml"
    quiet.write_text("pingpong: {rhythm: never}\n")
    with serve(
            tmp_path / "server.log", "--scenario", str(quiet), "--clock", "virtual", "--start", "10:00:00",
            "--lenient") as server:
        Orders.server = server
        machine = Orders.TestCase
        machine.settings = settings(
            max_examples=int(os.environ.get("ORDER_EXAMPLES", "4")), stateful_step_count=25, deadline=None,
            derandomize=True, suppress_health_check=list(HealthCheck))
        machine("runTest").runTest()
