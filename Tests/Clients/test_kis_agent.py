"""kis-agent 1.6.1, unmodified. REST takes `base_url`, the WebSocket takes `url`."""

import asyncio
import datetime
import importlib

import pytest
import recording


@pytest.fixture
def agent(monkeypatch, server, credentials, tmp_path):
    monkeypatch.setenv("KIS_TOKEN_PATH", str(tmp_path / "token.json"))
    kis_agent = importlib.import_module("kis_agent")
    return kis_agent.Agent(
        app_key=credentials.key, app_secret=credentials.secret, account_no="12345678", account_code="01",
        base_url=server.rest, enable_rate_limiter=False)


def test_price(agent):
    reply = agent.stock_api.get_stock_price("005930")
    assert reply["rt_cd"] == "0" and int(reply["output"]["stck_prpr"]) > 0


def test_trades_and_order_books_decode(monkeypatch, agent, server):
    from kis_agent.websocket import ws_agent
    from kis_agent.websocket.ws_helpers import RealtimeDataParser
    from kis_agent.websocket.ws_types import SubscriptionType

    class TradingHours(datetime.datetime):
        """It connects only while its own wall clock says the market is open."""

        @classmethod
        def now(cls, tz=None):
            return cls(2023, 6, 12, 10, 0, tzinfo=tz)

    monkeypatch.setattr(ws_agent, "datetime", TradingHours)
    seen = {}

    async def listen():
        stream = ws_agent.WSAgent(agent.client.get_ws_approval_key(), url=server.ws)
        for kind, parse in [
            (SubscriptionType.STOCK_TRADE, RealtimeDataParser.parse_stock_trade),
            (SubscriptionType.STOCK_ASK_BID, RealtimeDataParser.parse_stock_orderbook),
        ]:
            stream.subscribe(
                kind, "005930", lambda values, _, kind=kind, parse=parse: seen.setdefault(kind.value, parse(values)))
        running = asyncio.create_task(stream.connect())
        for _ in range(100):
            await asyncio.sleep(0.1)
            if len(seen) == 2:
                break
        active = set(stream.active_subscriptions)
        await stream.disconnect()
        await running
        return active

    assert asyncio.run(listen()) == {"H0STCNT0_005930", "H0STASP0_005930"}
    trade, book = seen["H0STCNT0"], seen["H0STASP0"]
    assert trade["mksc_shrn_iscd"] == "005930" and trade["stck_prpr"] in (71900, 71800)
    assert (book["askp1"], book["bidp1"]) == (71900, 71800)


def test_foreign_institution_total(agent):
    reply = agent.stock_api.foreign_institution_total(market="V", screen_code="16449")
    assert reply["rt_cd"] == "0" and len(reply["output"]) > 0
    assert {"hts_kor_isnm", "ntby_qty", "frgn_ntby_tr_pbmn"} <= reply["output"][0].keys()
