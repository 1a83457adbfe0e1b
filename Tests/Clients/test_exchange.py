"""Random orders over REST: replies, inquiries, balance, notices, books and the tape tell the same story.

`ORDER_EXAMPLES=250` makes more than two thousand orders of it (some minutes); without, it is a few hundred.
"""

import base64
import collections
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
QUOTATIONS = "/uapi/domestic-stock/v1/quotations/"
CODES = ["005930", "000660"]
KINDS = st.sampled_from(["00"] * 5 + [
    "01", "02", "03", "04", "05", "06", "11", "12", "13", "14", "15", "16", "21", "22", "23", "24", "99"])
keys = itertools.count(1)


class Orders(RuleBasedStateMachine):
    """One account on a clock that only the test moves."""

    server = None
    # How many orders, changes and cancellations all examples together sent, and how many were taken.
    sent, taken = 0, 0

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
        self.ordered, self.told, self.dropped, self.accepted = {}, {}, {}, 0
        # What was filled and printed, by code and price; fills by side too, since own orders may meet each other.
        self.filled, self.printed = collections.Counter(), collections.Counter()
        self.volumes, self.offered, self.moved = {}, {}, 0
        self.cipher = self.register(approval["approval_key"], "H0STCNI0", "me")
        for code in CODES:
            # The sum of KRX and NXT, where orders may go.
            self.register(approval["approval_key"], "H0UNCNT0", code)
            self.register(approval["approval_key"], "H0STASP0", code)

    def register(self, approval_key, tr_id, tr_key):
        self.socket.send(json.dumps({
            "header": {"approval_key": approval_key, "custtype": "P", "tr_type": "1", "content-type": "utf-8"},
            "body": {"input": {"tr_id": tr_id, "tr_key": tr_key}}}))
        while (text := self.socket.recv())[0] in "01":
            self.hear(text)
        return json.loads(text)["body"]["output"]

    def teardown(self):
        if hasattr(self, "socket"):
            self.wait(1)
            self.one_story()
            self.socket.close()

    def get(self, name, tr_id, **parameters):
        answer = requests.get(
            self.rest + TRADING + name, params={**ACCOUNT, **parameters}, headers={**self.headers, "tr_id": tr_id})
        assert answer.json()["rt_cd"] == "0", answer.text
        return answer.json()

    def post(self, name, tr_id, **body):
        answer = requests.post(
            self.rest + TRADING + name, json={**ACCOUNT, **body}, headers={**self.headers, "tr_id": tr_id}).json()
        Orders.sent += 1
        Orders.taken += answer["rt_cd"] == "0"
        return int(answer["output"]["ODNO"]) if answer["rt_cd"] == "0" else None

    def book(self, code, market="J"):
        answer = requests.get(
            f"{self.rest}{QUOTATIONS}inquire-asking-price-exp-ccn",
            params={"FID_COND_MRKT_DIV_CODE": market, "FID_INPUT_ISCD": code},
            headers={**self.headers, "tr_id": "FHKST01010200"}).json()["output1"]
        return {
            side: {int(answer[f"{side}p{level}"]): int(answer[f"{side}p_rsqn{level}"]) for level in range(1, 11)
                   if answer[f"{side}p{level}"] != "0"}
            for side in ("ask", "bid")}

    # One rule for all: of several, hypothesis leaves whole ones out of an example, and few examples had no orders at all.
    @rule(step=st.one_of(
        st.tuples(st.just("order"), st.sampled_from(CODES), st.booleans(), st.integers(1, 60), KINDS,
                  st.integers(-6, 6), st.sampled_from(["KRX", "SOR", "NXT"])),
        st.tuples(st.just("order"), st.sampled_from(CODES), st.booleans(), st.integers(1, 60), KINDS,
                  st.integers(-1, 1), st.just("KRX")),
        st.tuples(st.just("change"), st.integers(0, 50), st.booleans(), st.integers(-3, 3)),
        st.tuples(st.just("wait"), st.sampled_from([1, 1, 2, 5, 30, 600]))))
    def act(self, step):
        action, *values = step
        getattr(self, action)(*values)

    def order(self, code, buys, shares, kind, ticks, route):
        price = requests.get(
            f"{self.rest}{QUOTATIONS}inquire-price",
            params={"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": code},
            headers={**self.headers, "tr_id": "FHKST01010100"}).json()["output"]
        limit = int(price["stck_prpr"]) + ticks * int(price["aspr_unit"])
        side = "ask" if buys else "bid"
        offered = {price for market in ("J", "NX") for price in self.book(code, market)[side]}
        number = self.post(
            "order-cash", "TTTC0012U" if buys else "TTTC0011U", PDNO=code, ORD_DVSN=kind, ORD_QTY=str(shares),
            ORD_UNPR=str(limit) if kind in ("00", "02", "11", "12", "22") else "0", EXCG_ID_DVSN_CD=route,
            CNDT_PRIC=str(limit) if kind == "22" else "")
        if number is not None:
            assert kind not in ("99", "05", "06") and number not in self.ordered
            self.ordered[number] = shares
            self.offered[number] = (self.moved, offered)

    def change(self, pick, cancels, ticks):
        rows = self.open_orders()
        if not rows:
            return
        row = rows[pick % len(rows)]
        # An order without a price is taken back without one.
        price = max(0, int(row["ord_unpr"]) + 1_000 * ticks)
        number = self.post(
            "order-rvsecncl", "TTTC0013U", KRX_FWDG_ORD_ORGNO="06010", ORGN_ODNO=row["odno"], ORD_DVSN="00",
            RVSE_CNCL_DVSN_CD="02" if cancels else "01", ORD_QTY="0", ORD_UNPR=str(price), QTY_ALL_ORD_YN="Y")
        if cancels and number is None:
            # The book of that moment went through it first, and it says so.
            assert row["odno"] not in {other["odno"] for other in self.open_orders()}
        if number is not None:
            self.ordered[number] = int(row["psbl_qty"])

    def wait(self, seconds):
        self.moved += 1
        requests.post(f"{self.server.admin}/clock/advance", json={"by": f"{seconds}s"}).raise_for_status()
        # What orders that rested traded meanwhile is told by now; then every part has a print.
        self.one_story()
        while any(self.printed[code, price] < filled for (code, price, _), filled in self.filled.items()):
            self.hear(self.socket.recv())

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
        self.check_books()

    def check_books(self):
        """What waits at KRX is in its level there, and no book is crossed."""
        waiting = collections.Counter()
        for row in self.open_orders():
            if row["excg_id_dvsn_cd"] == "KRX" and row["ord_dvsn_cd"] in ("00", "02"):
                side = "bid" if row["sll_buy_dvsn_cd"] == "02" else "ask"
                waiting[row["pdno"], side, int(row["ord_unpr"])] += int(row["psbl_qty"])
        for code in CODES:
            book = self.book(code)
            assert not book["bid"] or not book["ask"] or max(book["bid"]) < min(book["ask"])
            for (other, side, price), quantity in waiting.items():
                levels = book[side] if other == code else {}
                if levels and min(levels) <= price <= max(levels):
                    assert levels.get(price, 0) >= quantity, (code, side, price, quantity, levels)

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
        self.rows = rows
        while sum(self.told.values()) < sum(expected.values()) or self.accepted < accepted:
            self.hear(self.socket.recv())
        assert self.told == expected and self.accepted == accepted
        for number, quantity in self.dropped.items():
            assert quantity <= int(rows[number]["rjct_qty"])

    def hear(self, frame):
        flag, tr_id, count, payload = frame.split("|", 3)
        if flag == "1":
            key, iv = self.cipher["key"].encode(), self.cipher["iv"].encode()
            plain = unpad(AES.new(key, AES.MODE_CBC, iv).decrypt(base64.b64decode(payload)), AES.block_size)
            self.hear_notice(plain.decode().split("^"))
            return
        values = payload.split("^")
        width = len(values) // int(count)
        for record in (values[start:start + width] for start in range(0, len(values), width)):
            if tr_id == "H0UNCNT0":
                self.hear_trade(record)
            else:
                # Bids begin behind ten asks.
                asks, bids = ([int(price) for price in record[start:start + 10] if price != "0"] for start in (3, 13))
                assert not asks or not bids or max(bids) < min(asks), record

    def hear_trade(self, record):
        code, price, size, volume = record[0], int(record[2]), int(record[12]), int(record[13])
        if code in self.volumes:
            assert volume == self.volumes[code] + size, "the volume grows by what is traded"
        self.volumes[code] = volume
        self.printed[code, price] += size

    def hear_notice(self, notice):
        number = int(notice[2])
        if notice[13:15] == ["1", "3"]:
            # What IOC, FOK or an empty side left.
            self.dropped[number] = self.dropped.get(number, 0) + int(notice[9])
        elif notice[13] == "2":
            self.told[number] = self.told.get(number, 0) + int(notice[9])
            assert int(notice[16]) == int(self.rows[number]["ord_qty"])
            price = int(notice[10])
            self.filled[notice[8], price, notice[4]] += int(notice[9])
            moved, offered = self.offered.get(number, (None, None))
            if moved == self.moved and number == max(self.ordered):
                assert price in offered, "what is filled at once lies inside the book that was shown"
        else:
            self.accepted += 1


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
    print(f"{Orders.sent} orders, changes and cancellations, {Orders.taken} taken")
    assert Orders.taken > 20
