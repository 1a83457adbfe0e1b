"""mojito2 0.1.6 (sharebook), unmodified. Its hosts are literals, so `redirect` changes them on the way out."""

import asyncio

import mojito
import pytest
import recording
from redirect import redirect


@pytest.fixture
def broker(monkeypatch, server, credentials, tmp_path):
    monkeypatch.chdir(tmp_path)  # it keeps its token in ./token.dat
    redirect(monkeypatch, server)
    return mojito.KoreaInvestment(api_key=credentials.key, api_secret=credentials.secret, acc_no="12345678-01")


def test_token_is_issued_and_kept(broker):
    assert broker.access_token.startswith("Bearer ")
    assert broker.check_access_token()


def test_price(broker):
    reply = broker.fetch_price("005930")
    assert reply["rt_cd"] == "0" and reply["msg_cd"] == "MCA00000"
    assert int(reply["output"]["stck_prpr"]) > 0


def test_hashkey(broker):
    assert len(broker.issue_hashkey({"CANO": "12345678", "ACNT_PRDT_CD": "01"})) == 64


def test_trades_order_books_and_encrypted_notices_decode(monkeypatch, server, credentials):
    redirect(monkeypatch, server)
    stream = mojito.KoreaInvestmentWS(
        credentials.key, credentials.secret, ["H0STCNT0", "H0STASP0"], ["005930"], user_id=recording.HTS_ID)
    seen = {}

    async def listen():
        # In this process instead of its own, so that the redirect holds.
        client = asyncio.create_task(stream.ws_client())
        while len(seen) < 3:
            kind, values = await asyncio.to_thread(stream.queue.get, timeout=10)
            seen[kind] = values
        client.cancel()
        await asyncio.wait([client])

    asyncio.run(listen())
    assert seen["체결"]["주식현재가"] in ("71900", "71800") and len(seen["체결"]) == 46
    assert seen["호가"]["매도호가01"] == "71900"
    assert (seen["체잔"]["체결종목명"], seen["체잔"]["체결단가"]) == ("하림", "000003190")


def test_it_answers_pingpong(monkeypatch, impatient_server, credentials):
    redirect(monkeypatch, impatient_server)
    stream = mojito.KoreaInvestmentWS(credentials.key, credentials.secret, ["H0STCNT0"], ["005930"])

    async def listen():
        client = asyncio.create_task(stream.ws_client())
        for _ in range(25):  # about two seconds; whoever does not answer is cut after 0.8
            await asyncio.to_thread(stream.queue.get, timeout=4)
        client.cancel()
        await asyncio.wait([client])

    asyncio.run(listen())
