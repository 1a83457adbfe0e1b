"""Messages as the samples KIS publishes build and read them: key order, blanks, PONG frames, header names."""

import base64
import json

import pytest
import recording
import requests
from Crypto.Cipher import AES
from Crypto.Util.Padding import unpad
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect


def issue(server, credentials) -> dict:
    body = {"grant_type": "client_credentials", "appkey": credentials.key, "appsecret": credentials.secret}
    reply = requests.post(f"{server.rest}/oauth2/tokenP", data=json.dumps(body))
    assert reply.status_code == 200, reply.text
    return reply.json()


def approve(server, credentials) -> str:
    body = {"grant_type": "client_credentials", "appkey": credentials.key, "secretkey": credentials.secret}
    reply = requests.post(f"{server.rest}/oauth2/Approval", data=json.dumps(body))
    assert reply.status_code == 200, reply.text
    return reply.json()["approval_key"]


def registration(approval_key: str, tr_id: str, tr_key: str, tr_type: str = "1") -> str:
    header = {"content-type": "utf-8", "approval_key": approval_key, "tr_type": tr_type, "custtype": "P"}
    return json.dumps({"header": header, "body": {"input": {"tr_id": tr_id, "tr_key": tr_key}}})


def next_frame(stream, tr_id: str) -> list[str]:
    """The next data frame of a TR, in its four parts; skips what other registrations bring."""
    while True:
        message = stream.recv(timeout=10)
        if message[0] in "01" and message.split("|")[1] == tr_id:
            return message.split("|", 3)


def next_reply(stream) -> dict:
    while True:
        message = stream.recv(timeout=10)
        if message[0] not in "01":
            return json.loads(message)


def test_token_reply_has_the_documented_keys_in_order(server, credentials):
    token = issue(server, credentials)
    assert list(token) == ["access_token", "access_token_token_expired", "token_type", "expires_in"]
    assert token["token_type"] == "Bearer" and isinstance(token["expires_in"], int)


def test_an_offer_of_http_2_is_ignored(server, credentials):
    # Java's HttpClient makes it with its first request.
    body = {"grant_type": "client_credentials", "appkey": credentials.key, "appsecret": credentials.secret}
    offer = {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "AAEAAEAAAAIAAAAA"}
    assert requests.post(f"{server.rest}/oauth2/tokenP", json=body, headers=offer).status_code == 200


def test_lower_case_header_names_are_only_those_of_kis(server, credentials):
    # The official sample makes a namedtuple of every all-lower-case header: `content-type` would raise there.
    token = issue(server, credentials)
    reply = requests.get(
        f"{server.rest}/uapi/domestic-stock/v1/quotations/inquire-price",
        params={"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": "005930"},
        headers={
            "Content-Type": "application/json", "authorization": f"Bearer {token['access_token']}",
            "appkey": credentials.key, "appsecret": credentials.secret,
            "tr_id": "FHKST01010100", "custtype": "P", "tr_cont": "",
        })
    lower = [name for name in reply.headers if name.islower()]
    assert reply.status_code == 200 and "Content-Length" in reply.headers
    assert "tr_id" in lower and all(name.isidentifier() for name in lower), lower
    assert list(reply.json())[-3:] == ["rt_cd", "msg_cd", "msg1"]


def test_an_unknown_token_is_refused_as_kis_does(server, credentials):
    reply = requests.get(
        f"{server.rest}/uapi/domestic-stock/v1/quotations/inquire-price",
        params={"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": "005930"},
        headers={
            "authorization": "Bearer nobody", "appkey": credentials.key, "appsecret": credentials.secret,
            "tr_id": "FHKST01010100", "custtype": "P",
        })
    assert reply.status_code == 500
    assert reply.json() == {"rt_cd": "1", "msg1": "유효하지 않은 token 입니다.", "msg_cd": "EGW00121"}


def test_registration_reply_has_everything_the_samples_read(server, credentials):
    with connect(f"{server.ws}/tryitout") as stream:
        stream.send(registration(approve(server, credentials), "H0STCNT0", "005930"))
        reply = next_reply(stream)
    assert reply["header"] == {"tr_id": "H0STCNT0", "tr_key": "005930", "encrypt": "N"}
    assert reply["body"]["rt_cd"] == "0" and reply["body"]["msg1"] == "SUBSCRIBE SUCCESS"
    assert (len(reply["body"]["output"]["iv"]), len(reply["body"]["output"]["key"])) == (16, 32)


def test_the_reply_precedes_the_first_frame(server, credentials):
    with connect(f"{server.ws}/tryitout/H0STCNT0") as stream:
        stream.send(registration(approve(server, credentials), "H0STCNT0", "005930"))
        assert stream.recv(timeout=10).startswith("{")
        assert next_frame(stream, "H0STCNT0")[3].startswith("005930^")


def test_encrypted_notice_decrypts_with_the_iv_and_key_of_the_reply(server, credentials):
    with connect(server.ws) as stream:
        stream.send(registration(approve(server, credentials), "H0STCNI0", recording.HTS_ID))
        output = next_reply(stream)["body"]["output"]
        flag, _, count, payload = next_frame(stream, "H0STCNI0")
    cipher = AES.new(output["key"].encode(), AES.MODE_CBC, output["iv"].encode())
    assert (flag, count) == ("1", "001")
    assert unpad(cipher.decrypt(base64.b64decode(payload)), AES.block_size).decode() == recording.NOTICE


def test_release_stops_the_frames(server, credentials):
    key = approve(server, credentials)
    with connect(server.ws) as stream:
        stream.send(registration(key, "H0STCNT0", "005930"))
        next_frame(stream, "H0STCNT0")
        stream.send(registration(key, "H0STCNT0", "005930", tr_type="2"))
        assert next_reply(stream)["body"]["msg1"] == "UNSUBSCRIBE SUCCESS"
        stream.send(registration(key, "H0STASP0", "005930"))
        messages = [stream.recv(timeout=10) for _ in range(4)]
    assert all("H0STCNT0" not in message for message in messages)


def test_a_second_session_of_the_app_key_is_refused(server, credentials):
    key = approve(server, credentials)
    with connect(server.ws) as first, connect(server.ws) as second:
        first.send(registration(key, "H0STCNT0", "005930"))
        next_reply(first)
        second.send(registration(key, "H0STCNT0", "005930"))
        reply = next_reply(second)
        assert reply["header"]["tr_id"] == "(null)"
        assert (reply["body"]["rt_cd"], reply["body"]["msg1"]) == ("9", "ALREADY IN USE appkey")
        next_frame(first, "H0STCNT0")


def test_the_forty_second_registration_is_refused(server, credentials):
    key = approve(server, credentials)
    with connect(server.ws) as stream:
        for number in range(41):
            stream.send(registration(key, "H0STCNT0", f"{100000 + number * 10}"))
            assert next_reply(stream)["body"]["msg_cd"] == "OPSP0000", number
        stream.send(registration(key, "H0STCNT0", "005930"))
        assert next_reply(stream)["body"]["msg1"] == "MAX SUBSCRIBE OVER"


ANSWERS = {
    "echo": lambda stream, message: stream.send(message),
    "the same JSON with blanks": lambda stream, message: stream.send(json.dumps(json.loads(message))),
    "a PONG frame": lambda stream, message: stream.pong(message),
    "a PING frame": lambda stream, message: stream.ping(message),
}


def next_pingpong(stream) -> str:
    while True:
        message = stream.recv(timeout=10)
        if "PINGPONG" in message:
            return message


@pytest.mark.parametrize("style", ANSWERS)
def test_every_known_answer_to_pingpong_keeps_the_session(impatient_server, credentials, style):
    with connect(impatient_server.ws, ping_interval=None) as stream:
        stream.send(registration(approve(impatient_server, credentials), "H0STCNT0", "005930"))
        for _ in range(5):
            message = next_pingpong(stream)
            assert set(json.loads(message)) == {"header"} and len(message) <= 125
            ANSWERS[style](stream, message)


def test_unanswered_pingpong_cuts_the_session_without_a_close_frame(impatient_server, credentials):
    with connect(impatient_server.ws, ping_interval=None) as stream:
        stream.send(registration(approve(impatient_server, credentials), "H0STCNT0", "005930"))
        with pytest.raises(ConnectionClosed) as closed:
            for _ in range(5):
                next_pingpong(stream)
    assert closed.value.rcvd is None
