"""kis-wrapper 0.3.0 and korea-investment-stock 0.19.0, unmodified: the REST half of the mock.

kis-wrapper has a WebSocket half too, but registers without an approval key, which KIS refuses and so does the mock.
"""

import kis
import kis.auth
from korea_investment_stock import KoreaInvestment
from redirect import redirect


def test_kis_wrapper_price(monkeypatch, server, credentials):
    monkeypatch.setitem(kis.auth._URLS, "prod", server.rest)
    with kis.KIS(credentials.key, credentials.secret, "12345678-01", env="prod") as client:
        price = kis.domestic.price(client, "005930")
    assert int(price["stck_prpr"]) > 0


def test_kis_wrapper_approval_key(monkeypatch, server, credentials):
    monkeypatch.setitem(kis.auth._URLS, "prod", server.rest)
    assert len(kis.auth.get_ws_key(credentials.key, credentials.secret, "prod")) == 36


def test_korea_investment_stock_price_and_hashkey(monkeypatch, server, credentials, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))  # it keeps its token under the home folder
    redirect(monkeypatch, server)
    with KoreaInvestment(credentials.key, credentials.secret, "12345678-01") as broker:
        reply = broker.fetch_domestic_price("005930")
        assert reply["rt_cd"] == "0" and int(reply["output"]["stck_prpr"]) > 0
        assert len(broker.issue_hashkey({"CANO": "12345678"})) == 64
