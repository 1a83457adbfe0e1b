"""vm-stock-kis 1.0.0, unmodified: python-kis as it went on. Its hosts are two constants."""

import queue

import pytest
import vmkis.kis
from pykis_session import session
from vmkis import VmKis


@pytest.fixture
def kis(monkeypatch, lively_server_of_2024, credentials):
    monkeypatch.setattr(vmkis.kis, "LIVE_DOMAIN", lively_server_of_2024.rest)
    monkeypatch.setattr(vmkis.kis, "WEBSOCKET_LIVE_DOMAIN", lively_server_of_2024.ws)
    yield from session(VmKis, credentials)


def test_a_stock_is_quoted_charted_and_held(kis):
    stock = kis.stock("005930")
    assert stock.market == "KRX" and stock.quote().price > 0
    assert stock.orderbook().ask_price.price > stock.orderbook().bid_price.price
    assert len(stock.day_chart().bars) > 0 and len(stock.chart("30d").bars) > 15
    held = kis.account().balance().stocks
    assert len(held) == len({stock.symbol for stock in held}) > 0


def test_trades_and_books_stream_into_its_types(kis):
    for event, reads in (("price", "price"), ("orderbook", "ask_price")):
        received = queue.Queue()
        ticket = kis.stock("005930").on(event, lambda _, event: received.put(event.response))
        assert getattr(received.get(timeout=10), reads)
        ticket.unsubscribe()


def test_an_order_is_told_to_its_session_modified_and_cancelled(kis):
    told = queue.Queue()
    ticket = kis.account().on("execution", lambda _, event: told.put(event.response))
    order = kis.stock("005930").buy(price=200_000, qty=2)
    while (notice := told.get(timeout=10)).order_number.number != order.number:
        pass
    assert (notice.symbol, notice.type) == ("005930", "buy")
    changed = order.modify(price=201_000)
    assert [pending.number for pending in kis.stock("005930").pending_orders()] == [changed.number]
    changed.cancel()
    assert not kis.stock("005930").pending_orders()
    ticket.unsubscribe()
