"""An upstream that hides secrets in every place and encoding, and a client that sends as many."""

import base64
import contextlib
import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests
from Crypto.Cipher import AES
from Crypto.Util.Padding import pad
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.sync.server import serve as serve_websocket

#: What must not be found anywhere, by where it is first seen.
CANARIES = {
    "appkey": "PSCANARYaq9Xk2LmW4vTz8RbN1cYd6FhJ3s0",
    "appsecret": "Canary/Secret+" + "Zq8vN3xT7w" * 16 + "==",
    "token": "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJjYW5hcnkifQ.CaNaRy0s1gn4tur3-xYz_q8vN3xT7w",
    "given token": "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJnaXZlbiJ9.CaNaRy5s1gn4tur3-gIvEn_q8vN3xT7",
    "approval key": "ca9a7e1f-5c3d-4b2a-8f6e-0d1c2b3a4f5e",
    "hash": "ca9a7e" + "4f1d2c3b" * 7 + "9e",
    "personal key": "CanaryPersonal8vN3xT7w",
    "account": "73519284",
    "full account": "64820917-01",
    "hts id": "canaryid77",
    "other id": "canaryid88",
    "name": "카나리아",
    "owner": "홍카나리",
    "phone": "01073519284",
    "dashed phone": "010-6482-0917",
    "address": "203.0.113.77",
    "other address": "198.51.100.42",
    "hardware": "02:CA:9A:7E:11:22",
    "cookie": "CanaryCookie8vN3xT7w",
    "set cookie": "CanarySetCookie5kQ2",
    "iv": "c4n4ry1v0123abcd",
    "key": "c4n4ryk3y0123456789abcdefghijklm",
    "notice account": "5190283746",
    "notice id": "canaryid99",
    "notice name": "노카나리",
    "customer": "canarycust12",
    "refresh": "CanaryRefresh8vN3xT7wQz",
    "query key": "PSCANARYquery9Xk2LmW4vTz8RbN1cYd6Fh1",
    "form secret": "CanaryForm/Secret+q8vN3xT7w=",
    "account number": "4193827561",
}


def spellings(secret):
    """A secret in each encoding that a reader could undo."""
    raw = secret.encode()
    yield raw
    if len(raw) < 6:
        return
    for offset in range(3):
        # Only the characters that depend on the secret alone.
        text = base64.b64encode(b"\0" * offset + raw)
        yield text[(offset * 8 + 5) // 6: (offset + len(raw)) * 8 // 6]
    yield raw.hex().encode()
    yield raw.hex().upper().encode()
    yield urllib.parse.quote(secret, safe="").encode()
    yield urllib.parse.quote_plus(secret).encode()
    yield json.dumps(secret).strip('"').encode()


def leaks(*texts):
    """Which canaries stand in any of the texts, and how."""
    return [
        (place, spelling) for place, secret in CANARIES.items() for spelling in spellings(secret)
        for text in texts if spelling in text]


def error_text():
    """What a gateway says when it says too much."""
    c = CANARIES
    encoded = base64.b64encode(f"x{c['appkey']}:{c['account']}".encode()).decode()
    return (
        f"no right for {c['full account']} of {c['owner']} with appkey={c['appkey']} {encoded} "
        f"{c['token'].encode().hex()} {urllib.parse.quote(c['appsecret'], safe='')} at {c['other address']}")


class Gateway(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        c = CANARIES
        self.rfile.read(int(self.headers.get("content-length") or 0))
        path = self.path.split("?")[0]
        body, status = {
            "/oauth2/tokenP": ({"access_token": c["token"], "refresh_token": c["refresh"], "token_type": "Bearer"}, 200),
            "/oauth2/Approval": ({"approval_key": c["approval key"]}, 200),
            "/uapi/hashkey": ({"BODY": {"CANO": c["account"]}, "HASH": c["hash"]}, 200),
            "/uapi/denied": ({"rt_cd": "1", "msg_cd": "EGW00123", "msg1": error_text()}, 500),
        }.get(path, ({"rt_cd": "0", "output": {
            "acnt_no": c["account number"], "cust_nm": c["name"], "acnt_name": c["owner"], "cust_id": c["customer"],
            "tel_no": c["dashed phone"]}}, 200))
        data = json.dumps(body, ensure_ascii=path == "/uapi/denied").encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Set-Cookie", f"session={c['set cookie']}; Path=/")
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


def notice():
    c = CANARIES
    values = [c["notice id"], c["notice account"], "0000117057", "", "02", "0", "00", "0", "005930", "0000000010"]
    values += ["0"] * 7 + [c["notice name"]] + ["0"] * 8
    cipher = AES.new(c["key"].encode(), AES.MODE_CBC, c["iv"].encode())
    return "1|H0STCNI0|001|" + base64.b64encode(cipher.encrypt(pad("^".join(values).encode(), 16))).decode()


def stream(socket):
    c = CANARIES
    socket.recv()
    reply = json.dumps({
        "header": {"tr_id": "H0STCNI0", "tr_key": c["hts id"], "encrypt": "N"},
        "body": {"rt_cd": "0", "msg_cd": "OPSP0000", "msg1": "SUBSCRIBE SUCCESS",
                 "output": {"iv": c["iv"], "key": c["key"]}}})
    half = reply.index(c["key"]) + 7
    socket.send([reply[:half], reply[half:]])
    text = notice()
    socket.send([text[:20], text[20:90], text[90:]])
    socket.send(json.dumps({"error": f"approval {c['approval key']} of {c['hts id']}: {error_text()}"}))
    socket.send(f"bytes with {c['appkey']} and {c['full account']}".encode())
    socket.ping(f"ping {c['appkey']}".encode())
    socket.recv()
    socket.close(1008, f"appkey {c['appkey']} refused")


@contextlib.contextmanager
def upstream():
    """The URLs of a gateway and of a WebSocket server that know every canary."""
    rest = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    sockets = serve_websocket(stream, "127.0.0.1", 0, ping_interval=None)
    threads = [threading.Thread(target=server.serve_forever) for server in (rest, sockets)]
    for thread in threads:
        thread.start()
    try:
        yield f"http://127.0.0.1:{rest.server_address[1]}", f"ws://127.0.0.1:{sockets.socket.getsockname()[1]}"
    finally:
        rest.shutdown()
        rest.server_close()
        sockets.shutdown()
        for thread in threads:
            thread.join()


def talk(rest, ws):
    """A client's session through a proxy; it sends the canaries that the upstream does not."""
    c = CANARIES
    headers = {
        "appkey": c["appkey"], "appsecret": c["appsecret"], "authorization": f"Bearer {c['given token']}",
        "personalseckey": c["personal key"], "hashkey": c["hash"], "phone_number": c["phone"], "ip_addr": c["address"],
        "mac_address": c["hardware"], "Cookie": f"id={c['cookie']}", "tr_id": "TTTC8434R", "custtype": "P"}
    with requests.Session() as session:
        session.trust_env = False

        def ask(method, path, **options):
            return session.request(method, rest + path, headers=headers, timeout=10, **options)

        keys = {"appkey": c["appkey"], "appsecret": c["appsecret"]}
        ask("POST", "/oauth2/tokenP", json=keys)
        ask("POST", "/oauth2/Approval", json={"appkey": c["appkey"], "secretkey": c["appsecret"]})
        ask("POST", "/uapi/hashkey", json={"CANO": c["account"], "ACNT_PRDT_CD": "01"})
        ask("GET", "/uapi/domestic-stock/v1/trading/inquire-balance", params={
            "CANO": c["account"], "USER_ID": c["other id"], "appkey": c["query key"], "secret": c["form secret"]})
        ask("POST", "/uapi/form", data={"appsecret": c["form secret"], "cano": c["account"]})
        ask("GET", "/uapi/denied")
    with connect(f"{ws}/tryitout?approval_key={c['approval key']}", ping_interval=None) as client:
        text = json.dumps({
            "header": {"approval_key": c["approval key"], "custtype": "P", "tr_type": "1", "content-type": "utf-8"},
            "body": {"input": {"tr_id": "H0STCNI0", "tr_key": c["hts id"]}}})
        half = text.index(c["approval key"]) + 9
        client.send([text[:half], text[half:]])
        received = [client.recv(timeout=10) for _ in range(4)]
        client.send("done")
        with contextlib.suppress(ConnectionClosed):
            client.recv(timeout=10)
    return received
