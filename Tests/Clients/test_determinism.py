"""Same recording, seed and client script: the same bytes out, down to tokens, keys, ivs and ciphertext."""

import base64
import hashlib
import json
import socket
import struct
from urllib.parse import urlsplit

import recording


def address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname, parts.port


def call(rest: str, method: str, path: str, body: dict | None = None, headers: dict | None = None) -> tuple[bytes, dict]:
    """One request; every byte that came back, and the parsed body."""
    host, port = address(rest)
    payload = json.dumps(body) if body else ""
    lines = [f"{method} {path} HTTP/1.1", "Host: mock", "Connection: close", f"Content-Length: {len(payload)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    with socket.create_connection((host, port), timeout=10) as link:
        link.sendall(("\r\n".join(lines) + "\r\n\r\n" + payload).encode())
        received = b"".join(iter(lambda: link.recv(65536), b""))
    return received, json.loads(received.partition(b"\r\n\r\n")[2])


class WebSocket:
    """A client with a fixed handshake key and mask, so that its own bytes never differ."""

    def __init__(self, url: str):
        self.link = socket.create_connection(address(url), timeout=10)
        self.received = b""
        self.link.sendall(
            b"GET / HTTP/1.1\r\nHost: mock\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + base64.b64encode(bytes(16)) + b"\r\n\r\n")
        while b"\r\n\r\n" not in self.received:
            self.received += self.link.recv(65536)
        self.handshake, _, self.received = self.received.partition(b"\r\n\r\n")

    def send(self, message: dict):
        text = json.dumps(message).encode()
        self.link.sendall(b"\x81" + struct.pack("!BH", 0x80 | 126, len(text)) + bytes(4) + text)

    def read(self, messages: int) -> bytes:
        """The bytes of the next so many frames."""
        taken = b""
        for _ in range(messages):
            size = self.fill(2)[1] & 0x7F
            start = 2
            if size == 126:
                start, size = 4, struct.unpack("!H", self.fill(4)[2:4])[0]
            taken += self.fill(start + size)[: start + size]
            self.received = self.received[start + size:]
        return taken

    def fill(self, size: int) -> bytes:
        while len(self.received) < size:
            self.received += self.link.recv(65536)
        return self.received


def register(socket: WebSocket, approval_key: str, tr_id: str, tr_key: str):
    socket.send({
        "header": {"approval_key": approval_key, "custtype": "P", "tr_type": "1", "content-type": "utf-8"},
        "body": {"input": {"tr_id": tr_id, "tr_key": tr_key}},
    })


def script(server) -> list[bytes]:
    """Token, price, registrations, the whole recording; everything the server said."""
    key, secret = "PSMOCK".ljust(36, "0"), "secret".ljust(180, "0")
    grant = {"grant_type": "client_credentials", "appkey": key}
    token, token_body = call(server.rest, "POST", "/oauth2/tokenP", {**grant, "appsecret": secret})
    approval, approval_body = call(server.rest, "POST", "/oauth2/Approval", {**grant, "secretkey": secret})
    price, _ = call(
        server.rest, "GET",
        "/uapi/domestic-stock/v1/quotations/inquire-price?FID_COND_MRKT_DIV_CODE=J&FID_INPUT_ISCD=005930",
        headers={
            "authorization": f"Bearer {token_body['access_token']}", "appkey": key, "appsecret": secret,
            "tr_id": "FHKST01010100", "custtype": "P",
        })
    stream = WebSocket(server.ws)
    register(stream, approval_body["approval_key"], "H0STCNT0", "005930")
    replies = stream.read(1)
    frames = stream.read(20)
    stream.link.close()
    return [token, approval, price, stream.handshake, replies, frames]


def test_the_same_seed_and_script_give_the_same_bytes(tmp_path, serve_recording):
    session = recording.write(tmp_path / "session.jsonl")
    transcripts = []
    for _ in range(2):
        with serve_recording(session, "--clock", "virtual", "--playhead", "session", "--seed", "7") as server:
            transcripts.append(script(server))
    first, second = transcripts
    assert [hashlib.sha256(part).hexdigest() for part in first] == [hashlib.sha256(part).hexdigest() for part in second]


def test_another_seed_gives_other_tokens(tmp_path, serve_recording):
    session = recording.write(tmp_path / "session.jsonl")
    transcripts = []
    for seed in (7, 8):
        with serve_recording(session, "--clock", "virtual", "--playhead", "session", "--seed", seed) as server:
            transcripts.append(script(server))
    assert transcripts[0][0] != transcripts[1][0]
