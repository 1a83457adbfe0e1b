"""cluefin-openapi 1.0.0 (KIS part), unmodified: replies go through pydantic models. Its host is an attribute."""

import pytest
from cluefin_openapi.kis._auth import Auth
from cluefin_openapi.kis._http_client import HttpClient
from pydantic import SecretStr


@pytest.fixture
def client(lively_server, credentials, tmp_path):
    auth = Auth(credentials.key, SecretStr(credentials.secret), env="prod", cache_dir=str(tmp_path))
    auth.url = lively_server.rest
    client = HttpClient(auth.generate().access_token, credentials.key, credentials.secret, env="prod")
    client.base_url = lively_server.rest
    return client


def test_a_price_fits_its_model(client):
    body = client.domestic_basic_quote.get_stock_current_price(fid_cond_mrkt_div_code="J", fid_input_iscd="005930").body
    assert int(body.output.stck_prpr) > 0


def test_daily_bars_fit_their_model(client):
    body = client.domestic_basic_quote.get_stock_period_quote(
        fid_cond_mrkt_div_code="J", fid_input_iscd="005930", fid_input_date_1="20260601", fid_input_date_2="20260630",
        fid_period_div_code="D", fid_org_adj_prc="0").body
    assert len(body.output2) > 15 and {row.stck_bsop_date[:6] for row in body.output2} == {"202606"}


def test_an_overseas_price_fits_its_model(client):
    assert float(client.overseas_basic_quote.get_stock_current_price_detail(auth="", excd="NAS", symb="AAPL").body.output.last) > 0
