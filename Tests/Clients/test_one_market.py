"""The same seed at the same moment of a frozen clock: two processes say the same, in any order of questions, and again on
the next day."""

import json
import random
import urllib.error
import urllib.request
from urllib.parse import urlencode

KEY, SECRET = "PSMOCK".ljust(36, "0"), "secret".ljust(180, "0")
STOCK = "/uapi/domestic-stock/v1/"
SHARES = ["005930", "000660", "005935", "247540", "145020", "069500", "Q500001"]
DATES = {"FID_INPUT_DATE_1": "20260901", "FID_INPUT_DATE_2": "20260922"}


def share(code: str, market: str = "J") -> dict:
    return {"FID_COND_MRKT_DIV_CODE": market, "FID_INPUT_ISCD": code}


def questions() -> list[tuple[str, str, dict]]:
    """What the market is asked: of shares on every tape, indices, derivatives, abroad, rankings, flows."""
    asked = []
    for code in SHARES:
        for market in ("J", "NX", "UN"):
            asked += [
                ("quotations/inquire-price", "FHKST01010100", share(code, market)),
                ("quotations/inquire-time-itemchartprice", "FHKST03010200", {
                    **share(code, market), "FID_INPUT_HOUR_1": "101400", "FID_PW_DATA_INCU_YN": "Y", "FID_ETC_CLS_CODE": ""}),
            ]
        asked += [
            ("quotations/inquire-asking-price-exp-ccn", "FHKST01010200", share(code)),
            ("quotations/inquire-ccnl", "FHKST01010300", share(code)),
            ("quotations/inquire-investor", "FHKST01010900", share(code)),
            ("quotations/inquire-member", "FHKST01010600", share(code)),
            ("quotations/program-trade-by-stock", "FHPPG04650101", share(code)),
            *(("quotations/inquire-daily-itemchartprice", "FHKST03010100", {
                **share(code), **DATES, "FID_PERIOD_DIV_CODE": period, "FID_ORG_ADJ_PRC": "0"}) for period in "DWM"),
        ]
    for code in ("0001", "1001", "2001"):
        asked += [
            ("quotations/inquire-index-price", "FHPUP02100000", share(code, "U")),
            ("quotations/inquire-index-category-price", "FHPUP02140000", {
                **share(code, "U"), "FID_COND_SCR_DIV_CODE": "20214", "FID_MRKT_CLS_CODE": "K", "FID_BLNG_CLS_CODE": "0"}),
        ]
    for code, market in (("A05608", "F"), ("201V06362", "O")):
        asked.append(("/uapi/domestic-futureoption/v1/quotations/inquire-price", "FHMIF10000000", share(code, market)))
    abroad = {"AUTH": "", "EXCD": "NAS", "SYMB": "AAPL"}
    volume = {
        "FID_COND_MRKT_DIV_CODE": "J", "FID_COND_SCR_DIV_CODE": "20171", "FID_INPUT_ISCD": "0000", "FID_DIV_CLS_CODE": "0",
        "FID_BLNG_CLS_CODE": "0", "FID_TRGT_CLS_CODE": "111111111", "FID_TRGT_EXLS_CLS_CODE": "000000",
        "FID_INPUT_PRICE_1": "", "FID_INPUT_PRICE_2": "", "FID_VOL_CNT": "", "FID_INPUT_DATE_1": ""}
    net = {
        "FID_COND_MRKT_DIV_CODE": "V", "FID_COND_SCR_DIV_CODE": "16449", "FID_INPUT_ISCD": "0000", "FID_DIV_CLS_CODE": "0",
        "FID_RANK_SORT_CLS_CODE": "0", "FID_ETC_CLS_CODE": "0"}
    program = {
        "FID_COND_MRKT_DIV_CODE": "J", "FID_MRKT_CLS_CODE": "K", "FID_SCTN_CLS_CODE": "", "FID_INPUT_ISCD": "",
        "FID_COND_MRKT_DIV_CODE1": "", "FID_INPUT_HOUR_1": ""}
    interruptions = {
        "FID_DIV_CLS_CODE": "0", "FID_COND_SCR_DIV_CODE": "20139", "FID_MRKT_CLS_CODE": "0", "FID_INPUT_ISCD": "",
        "FID_RANK_SORT_CLS_CODE": "0", "FID_INPUT_DATE_1": "", "FID_TRGT_CLS_CODE": "", "FID_TRGT_EXLS_CLS_CODE": ""}
    return asked + [
        ("/uapi/overseas-price/v1/quotations/price", "HHDFS00000300", abroad),
        ("/uapi/overseas-price/v1/quotations/dailyprice", "HHDFS76240000", {**abroad, "GUBN": "0", "BYMD": "", "MODP": "0"}),
        ("quotations/volume-rank", "FHPST01710000", volume),
        ("quotations/foreign-institution-total", "FHPTJ04400000", net),
        ("quotations/comp-program-trade-today", "FHPPG04600101", program),
        ("quotations/investor-program-trade-today", "HHPPG046600C1", {"EXCH_DIV_CLS_CODE": "J", "MRKT_DIV_CLS_CODE": "1"}),
        ("quotations/inquire-investor-time-by-market", "FHPTJ04030000", {"fid_input_iscd": "KSP", "fid_input_iscd_2": "0001"}),
        ("quotations/inquire-vi-status", "FHPST01390000", interruptions),
    ]


def fetch(url: str, body: dict | None = None, headers: dict | None = None) -> bytes:
    data = json.dumps(body).encode() if body is not None else None
    try:
        return urllib.request.urlopen(urllib.request.Request(url, data, headers or {}), timeout=60).read()
    except urllib.error.HTTPError as refusal:
        return refusal.read()


class Asker:
    """Somebody who asks everything of one server, each time in another order."""

    def __init__(self, mock, seed: int):
        self.mock, self.order = mock, random.Random(seed)
        self.control("clock/freeze", {})
        self.control("replay/play", {})

    def control(self, path: str, body: dict):
        fetch(f"{self.mock.admin}/{path}", body)

    def answers(self) -> dict[str, bytes]:
        grant = {"grant_type": "client_credentials", "appkey": KEY, "appsecret": SECRET}
        token = json.loads(fetch(f"{self.mock.rest}/oauth2/tokenP", grant))["access_token"]
        asked = questions()
        self.order.shuffle(asked)
        told = {}
        for path, tr_id, parameters in asked:
            url = f"{self.mock.rest}{path if path.startswith('/') else STOCK + path}?{urlencode(parameters)}"
            told[f"{tr_id} {parameters}"] = fetch(url, headers={
                "authorization": f"Bearer {token}", "appkey": KEY, "appsecret": SECRET, "tr_id": tr_id, "custtype": "P"})
        return told


def test_two_processes_answer_alike_in_any_order_today_and_tomorrow(serve_recording):
    arguments = ["--seed", "7", "--clock", "scaled", "--lenient", "--date", "2026-09-21", "--start", "10:14:00"]
    with serve_recording(*arguments) as one, serve_recording(*arguments) as other:
        assert one.process.pid != other.process.pid
        askers = Asker(one, 1), Asker(other, 2)
        told = []
        for _ in range(2):
            first, second = (asker.answers() for asker in askers)
            assert [question for question, body in first.items() if json.loads(body)["rt_cd"] != "0"] == []
            assert [question for question in first if first[question] != second[question]] == []
            told.append(first)
            # On to ten o'clock of the next day: the evening is over at 20:00, the morning begins at 08:30.
            for asker in askers:
                asker.control("clock/advance", {"by": f"{9 * 3600 + 46 * 60 + 90 * 60}s"})
        today, tomorrow = told
        price = next(question for question in today if question.startswith("FHKST01010100 ") and "'005930'" in question)
        assert json.loads(tomorrow[price])["output"]["acml_vol"] != json.loads(today[price])["output"]["acml_vol"]
