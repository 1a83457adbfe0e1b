"""python-kis, and vm-stock-kis which goes on from it, are connected and ended the same way."""

import recording


def session(client, credentials):
    """An object of the client's main class, connected; ended when the test is over."""
    kis = client(
        id=recording.HTS_ID, account="12345678-01", appkey=credentials.key, secretkey=credentials.secret,
        keep_token=False)
    # A registration made while it still connects may be lost, so it connects first.
    kis.websocket.ensure_connected(timeout=10)
    yield kis
    kis.websocket.disconnect()
    kis.close()
