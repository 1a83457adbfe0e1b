"""kis-trader 0.12.2, unmodified: a typed client that refuses whatever it cannot read. Its hosts are two dictionaries."""

import kis_trader._internal._endpoints as endpoints
import pytest
from kis_trader import KISClient


@pytest.fixture
def kis(monkeypatch, lively_server, credentials, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))  # it keeps tokens and orders under the home folder
    for table, url in (
        (endpoints._BASE_URL_BY_ENVIRONMENT, lively_server.rest),
        (endpoints._WEBSOCKET_URL_BY_ENVIRONMENT, lively_server.ws),
    ):
        monkeypatch.setitem(table, "real", url)
    return KISClient(
        app_key=credentials.key, app_secret=credentials.secret, account="12345678-01", environment="real",
        hts_id="kismock")


def test_a_stock_is_quoted_in_every_way(kis):
    stock = kis.domestic.stock("005930")
    quote, book = stock.quote(), stock.order_book()
    assert quote.symbol == "005930" and quote.low <= quote.current_price <= quote.high
    assert book.asks[0].price > book.bids[0].price
    for read in ("profile", "status", "investor_flows", "volume_profile", "earnings_estimate", "intraday_trades"):
        assert getattr(stock, read)(), read


def test_bars_of_any_period_come_without_gaps_or_repetitions(kis):
    stock = kis.domestic.stock("005930")
    days = stock.bars("1d", start="20260105", end="20260630")
    assert len(days) > 110
    dates = [bar.timestamp for bar in days]
    assert dates == sorted(set(dates)) and f"{dates[0]:%Y%m%d}" == "20260105"
    assert all(bar.low <= min(bar.open, bar.close) <= max(bar.open, bar.close) <= bar.high for bar in days)
    assert len(stock.bars("1mo", start="20250101", end="20251231")) == 12
    assert len(stock.minute_bars_on("20260901", max_bars=120)) == 120
    assert len(kis.overseas.stock("AAPL", exchange="NAS").bars("1d", start="20260401", end="20260630")) > 60


def test_an_account_is_read_to_its_last_page(kis):
    held = kis.account.domestic.positions()
    assert len({position.symbol for position in held}) == len(held) > 4
    assert kis.account.overseas.present_balance()
    assert kis.account.domestic.balance() and kis.account.domestic.assets()


def test_an_order_rests_is_modified_and_cancelled(kis):
    placed = kis.domestic.stock("005930").buy(quantity=3, limit_price=200000, client_order_id="one")
    assert [order.order_id for order in kis.orders.open_orders().domestic] == [placed.order_id]
    changed = kis.orders.modify("one", limit_price=201000)
    assert changed.order_id != placed.order_id
    kis.orders.cancel("one")
    assert not kis.orders.open_orders().domestic


def test_rankings_and_calendars(kis):
    assert len(kis.domestic.ranking.by_change(direction="gainers")) > 10
    assert kis.domestic.calendar.rights_offerings(start="20261001", end="20261030")
    assert kis.domestic.market.interest_rates()


def test_trades_and_books_stream_into_its_types(kis):
    with kis.realtime() as realtime:
        stock = realtime.domestic.stock("005930")
        for subscription in (stock.trades(), stock.order_book()):
            with subscription as messages:
                assert next(messages).symbol == "005930"
