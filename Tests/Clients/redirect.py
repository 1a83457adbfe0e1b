"""Points unmodified clients, whose hosts are constants, at the mock: only scheme, host and port change."""

import requests
import websockets

REST_HOSTS = ("https://openapi.koreainvestment.com:9443", "https://openapivts.koreainvestment.com:29443")
WS_HOSTS = ("ws://ops.koreainvestment.com:21000", "ws://ops.koreainvestment.com:31000")


def redirect(monkeypatch, server):
    """From here on `requests` and `websockets` dial the mock where a client names a KIS host."""
    send = requests.Session.request
    connect = websockets.connect

    def to_mock(url: str, hosts: tuple[str, ...], target: str) -> str:
        for host in hosts:
            if url.startswith(host):
                return target + url[len(host):]
        return url

    monkeypatch.setattr(
        requests.Session, "request",
        lambda self, method, url, **rest: send(self, method, to_mock(url, REST_HOSTS, server.rest), **rest))
    monkeypatch.setattr(
        websockets, "connect",
        lambda uri, **rest: connect(to_mock(uri, WS_HOSTS, server.ws), **rest))
