"""python-kis 2.1.6 (Soju06), unmodified. Its hosts are two module constants."""

import queue
from datetime import date

import pykis.client.websocket
import pykis.kis
import pytest
import recording
from pykis import KisNotFoundError, PyKis
from pykis.api.stock.quote import domestic_quote
from pykis_session import session


@pytest.fixture
def kis(monkeypatch, server, credentials):
    yield from connected(monkeypatch, server, credentials)


@pytest.fixture
def trading(monkeypatch, lively_server_of_2024, credentials):
    yield from connected(monkeypatch, lively_server_of_2024, credentials)


def connected(monkeypatch, server, credentials):
    monkeypatch.setattr(pykis.kis, "REAL_DOMAIN", server.rest)
    monkeypatch.setattr(pykis.client.websocket, "WEBSOCKET_REAL_DOMAIN", server.ws)
    yield from session(PyKis, credentials)


def next_response(kis: PyKis, tr_id: str, key: str):
    """Registers, and waits for the first record python-kis decodes itself."""
    received = queue.Queue()
    ticket = kis.websocket.on(tr_id, key, lambda _, event: received.put(event.response))
    try:
        return received.get(timeout=10)
    finally:
        ticket.unsubscribe()


def test_token_is_issued_used_and_revoked(kis):
    token = kis.token
    assert token.type == "Bearer" and not token.expired
    assert kis.fetch(
        "/uapi/domestic-stock/v1/quotations/inquire-price", api="FHKST01010100",
        params={"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": "005930"}).rt_cd == "0"
    kis.discard()


def test_price_decodes_into_its_typed_quote(kis):
    quote = domestic_quote(kis, "005930")
    assert quote.symbol == "005930"
    assert quote.price > 0 and quote.low <= quote.price <= quote.high


def test_trades_decode(kis):
    trade = next_response(kis, "H0STCNT0", "005930")
    assert (trade.symbol, trade.price, trade.volume) == ("005930", 71900, 3052507)
    assert trade.time_kst.strftime("%Y%m%d%H%M%S") == "20230612093354"


def test_order_book_decodes(kis):
    book = next_response(kis, "H0STASP0", "005930")
    assert (book.ask_price.price, book.bid_price.price) == (71900, 71800)
    assert [level.volume for level in book.asks[:2]] == [91918, 117942]


def test_encrypted_notice_decodes(kis):
    notice = next_response(kis, "H0STCNI0", recording.HTS_ID)
    assert (notice.symbol, notice.type, notice.price, notice.executed_quantity) == ("136480", "buy", 3190, 1)
    assert str(notice.account_number) == "12345678-01"


def test_release_is_confirmed(kis):
    released = queue.Queue()
    kis.websocket.unsubscribed_event += lambda _, event: released.put(event.tr)
    next_response(kis, "H0STASP0", "005930")
    kis.websocket.unsubscribe("H0STASP0", "005930")
    tr = released.get(timeout=10)
    assert (tr.id, tr.key) == ("H0STASP0", "005930")


def test_it_answers_pingpong(monkeypatch, impatient_server, credentials):
    for kis in connected(monkeypatch, impatient_server, credentials):
        trades = queue.Queue()
        ticket = kis.websocket.on("H0STCNT0", "005930", lambda _, event: trades.put(event.response))
        first = kis.websocket.websocket
        for _ in range(25):  # about two seconds; whoever does not answer is cut after 0.8
            trades.get(timeout=4)
        assert kis.websocket.websocket is first
        ticket.unsubscribe()


def test_a_stock_can_be_looked_up_quoted_and_charted(kis):
    stock = kis.stock("005930")
    assert stock.market == "KRX" and stock.quote().price > 0
    assert stock.orderbook().ask_price.price > stock.orderbook().bid_price.price
    assert len(stock.day_chart().bars) > 0


def test_a_balance_is_read_to_its_last_page(kis):
    balance = kis.account().balance()
    assert len(balance.stocks) == len({stock.symbol for stock in balance.stocks}) > 0


def test_charts_of_any_period(trading):
    stock = trading.stock("005930")
    year = stock.chart(start=date(2025, 1, 1), end=date(2025, 12, 31)).bars
    assert len(year) > 230 and [bar.time for bar in year] == sorted({bar.time for bar in year})
    assert len(stock.chart(start=date(2024, 1, 1), end=date(2025, 12, 31), period="month").bars) == 24
    assert len(stock.day_chart(period=5).bars) > 3
    assert len(trading.stock("AAPL").chart("30d").bars) > 15


def test_shares_abroad_are_found_where_they_are_listed(trading):
    assert [trading.stock(symbol).market for symbol in ("005930", "AAPL", "KO")] == ["KRX", "NASDAQ", "NYSE"]
    assert trading.stock("AAPL").quote().price > 0
    with pytest.raises(KisNotFoundError):
        trading.stock("KO", market="NASDAQ")


def test_an_order_is_placed_modified_and_cancelled(trading):
    for symbol, price in (("005930", 200_000), ("AAPL", 100)):
        stock = trading.stock(symbol)
        order = stock.buy(price=price, qty=2)
        assert [pending.number for pending in stock.pending_orders()] == [order.number]
        changed = order.modify(price=price + 1_000 if symbol == "005930" else price + 1)
        assert stock.pending_orders()[0].number == changed.number != order.number
        changed.cancel()
        assert len(stock.pending_orders()) == 0


def test_an_order_at_the_market_is_told_to_its_session(trading):
    told = queue.Queue()
    ticket = trading.account().on("execution", lambda _, event: told.put(event.response))
    order = trading.stock("035420").buy(qty=7)
    while (notice := told.get(timeout=10)).order_number.number != order.number:
        pass
    assert (notice.symbol, notice.type, notice.quantity) == ("035420", "buy", 7)
    ticket.unsubscribe()


def test_everything_else_an_account_knows(trading):
    account = trading.account()
    stock = trading.stock("005930")
    stock.buy(qty=2), stock.sell(qty=2)
    # The sandbox has a day of its own.
    assert account.profits(start=date(2025, 8, 1)) and account.daily_orders(start=date(2025, 8, 1))
    assert account.orderable_amount(market="NASDAQ", symbol="AAPL", price=150).qty > 0
    # It is a day of September, with summer time in New York.
    assert trading.trading_hours("US").close_kst.hour == 5
