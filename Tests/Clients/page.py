"""Drives the page as a person would: a headless Chromium, and a client of the mock to look at."""

import contextlib
import json
import os
import shutil
import threading
from pathlib import Path

import requests
import websocket
from mock import ROOT

# Screenshots of every run are kept here.
SHOTS = Path(os.environ.get("PAGE_SHOTS", ROOT / ".build/page"))


def why_no_browser() -> str | None:
    """Why there is no browser to test with; None when there is one."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is not installed"
    if executable():
        return None
    from playwright.sync_api import sync_playwright
    with sync_playwright() as play:
        return None if Path(play.chromium.executable_path).exists() else "there is no chromium"


def executable() -> str | None:
    """The system's Chromium; None for the one that playwright brought."""
    return next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)


class Visit:
    """One window on the page. What it may not do is noted: requests to elsewhere, errors, refused scripts and styles."""

    def __init__(self, browser, mock, fragment="", language="en-US", theme="light"):
        self.mock = mock
        self.context = browser.new_context(
            locale=language, color_scheme=theme, viewport={"width": 1280, "height": 860}, accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.problems, self.elsewhere, self.is_closed = [], [], False
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", lambda message: self.problems.append(message.text) if message.type == "error" else None)
        self.page.on("request", lambda request: self.note(request.url))
        self.page.goto(f"{mock.admin}{fragment}")
        self.page.get_by_text("connected", exact=True).or_(self.page.get_by_text("연결됨", exact=True)).wait_for()

    def note(self, url):
        if not url.startswith((self.mock.rest, "data:", f"blob:{self.mock.rest}")):
            self.elsewhere.append(url)

    def shot(self, name):
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")

    def open(self, name):
        """Opens a pane by its tab."""
        self.page.get_by_role("tab", name=name).click()
        self.page.get_by_role("main").wait_for()

    def row(self, index):
        """A row of the list that is open."""
        return self.page.get_by_role("listbox").get_by_role("option").nth(index)

    def until(self, condition, argument=None):
        """Waits for the condition itself, whatever it takes."""
        self.page.wait_for_function(condition, arg=argument, timeout=60_000)

    def close(self):
        """Before the mock stops: a page that lost it complains, and rightly so."""
        if self.is_closed:
            return
        self.is_closed = True
        self.context.close()
        assert not self.problems, self.problems
        assert not self.elsewhere, self.elsewhere


class Client:
    """A program that uses the mock: it registers, and reads whatever comes."""

    def __init__(self, mock, key="page-client"):
        self.mock, self.key = mock, key
        login = {"grant_type": "client_credentials", "appkey": key}
        self.token = requests.post(f"{mock.rest}/oauth2/tokenP", json={**login, "appsecret": "s"}).json()["access_token"]
        self.approval = requests.post(
            f"{mock.rest}/oauth2/Approval", json={**login, "secretkey": "s"}).json()["approval_key"]
        self.socket = websocket.create_connection(mock.ws, timeout=30)
        self.closed = threading.Event()
        self.texts = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        with contextlib.suppress(Exception):
            while True:
                text = self.socket.recv()
                if not text:
                    break
                if '"PINGPONG"' in text:
                    self.socket.send(text)
                self.texts.append(text)
        self.closed.set()

    def register(self, tr_id, tr_key):
        self.socket.send(json.dumps({
            "header": {"approval_key": self.approval, "custtype": "P", "tr_type": "1", "content-type": "utf-8"},
            "body": {"input": {"tr_id": tr_id, "tr_key": tr_key}}}))

    def get(self, path, tr_id, **parameters):
        return requests.get(
            self.mock.rest + path, params=parameters,
            headers={"authorization": f"Bearer {self.token}", "appkey": self.key, "appsecret": "s", "tr_id": tr_id,
                     "custtype": "P"})

    def post(self, path, tr_id, body):
        return requests.post(
            self.mock.rest + path, json=body,
            headers={"authorization": f"Bearer {self.token}", "appkey": self.key, "appsecret": "s", "tr_id": tr_id,
                     "custtype": "P"})

    def close(self):
        with contextlib.suppress(Exception):
            self.socket.close()
