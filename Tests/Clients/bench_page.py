"""Measures the page in a real browser: first paint, scrubbing over a million events, and what 10,000 frames a second cost.

    $ swift build -c release --product kis-mock
    $ python Tests/Clients/bench_page.py [--quick] [--json]

Exit code 0 when every target is met, 1 when one is missed, 2 without a browser. KIS_MOCK names another program.
"""

import argparse
import contextlib
import gzip
import json
import os
import signal
import socket
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("KIS_MOCK", str(ROOT / ".build/release/kis-mock"))

import page as driving  # noqa: E402
import requests  # noqa: E402
import websocket  # noqa: E402
from mock import serve  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")
LANES = ["H0STCNT0", "H0STASP0", "H0UPCNT0", "H0UPPGM0", "H0STCNI0", "H0UNCNT0", "H0NXCNT0", "H0STANC0"]
HEADER = {
    "kis_recording": 1, "start": "2026-09-21T09:00:00+09:00", "venue": "real", "dialect": "2026-09-21",
    "provenance": "simulated", "source": "bench_page.py", "title": "equal frames for measuring"}


def recording(path: Path, frames: int, interval: int, lanes: list[str], burst: int = 1, lead: int = 0) -> Path:
    """Frames of 620 bytes at a steady rate, so many at once, the TRs in turn."""
    values = "^".join(["0001", "100000"] + ["123456"] * 86)
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(HEADER) + "\n")
        for number in range(frames):
            lane = lanes[number % len(lanes)]
            file.write(f'{{"t":{lead + number // burst * burst * interval},"ws":"0|{lane}|001|{values}"}}\n')
    return path


def processor_seconds(pid: int) -> float:
    """What a process has used, user and system (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def footprint(pid: int) -> float:
    """Megabytes that a process has for itself: what Chrome's own task manager calls its memory."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines())
    return sum(int(lines[name].split()[0]) for name in ["RssAnon", "VmSwap"]) / 1024


def renderers(browser_pid: int) -> list[int]:
    """The processes of the browser's tabs."""
    found, children = [], {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((process / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[1])
            children.setdefault(parent, []).append(int(process.name))
    waiting = [browser_pid]
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, [])
        with contextlib.suppress(OSError):
            if b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found


class Child:
    """A process of its own that reads bytes and throws them away, as cheaply as Python can."""

    def __init__(self, connect):
        ready, told = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            socket = connect()
            os.write(told, b".")
            while socket.recv(1 << 20):
                pass
            os._exit(0)
        os.read(ready, 1)

    def stop(self):
        os.kill(self.pid, signal.SIGTERM)
        os.waitpid(self.pid, 0)


def registered(mock, tr_id, tr_key):
    """A client of the mock that registers, and reads whatever comes."""
    client = driving.Client(mock, key="bench")
    client.close()

    def connect():
        client.socket = websocket.create_connection(mock.ws, timeout=None)
        client.register(tr_id, tr_key)
        return client.socket.sock

    return Child(connect)


def told_frames(mock):
    """What the page reads while it shows live frames, without the page."""
    def connect():
        host, port = mock.rest.removeprefix("http://").split(":")
        channel = socket.create_connection((host, int(port)))
        channel.sendall(f"GET /__admin/events?frames=true HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        return channel

    return Child(connect)


class Bench:
    def __init__(self, browser, folder: Path, quick: bool):
        self.browser, self.folder, self.quick, self.rows = browser, folder, quick, []

    def row(self, name, figure, unit, most=None, least=None, parts=""):
        met = None if most is None and least is None else (figure <= most if most is not None else figure >= least)
        target = f"<= {most}" if most is not None else f">= {least}" if least is not None else "-"
        self.rows.append({"name": name, "figure": round(figure, 2), "unit": unit, "target": target, "met": met, "from": parts})
        print(f"{name:42} {figure:10.2f} {unit:10} {target:10} {'met' if met else 'MISSED' if met is False else '-':8} {parts}", file=sys.stderr)

    def size(self):
        files = sorted((ROOT / "page").iterdir())
        packed = sum(len(gzip.compress(file.read_bytes())) for file in files) / 1024
        self.row("page, gzipped", packed, "KB", most=100, parts=f"{len(files)} files, {sum(file.stat().st_size for file in files) / 1024:.0f} KB as they are")

    def first_paint(self):
        """From the navigation's start to the first picture with content: a fresh profile, nothing cached."""
        times, interactive = [], []
        with serve(self.folder / "paint.log", "--start", "10:00:00", "--clock", "scaled") as mock:
            for _ in range(5 if self.quick else 15):
                visit = driving.Visit(self.browser, mock)
                visit.until("() => performance.getEntriesByName('first-contentful-paint').length")
                times.append(visit.page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                visit.until("() => page.store.get('overview') && page.store.get('status')")
                interactive.append(visit.page.evaluate("() => performance.now()"))
                visit.close()
        self.row("first paint", statistics.median(times), "ms", most=300, parts=f"median of {len(times)}, worst {max(times):.0f} ms; with time line and status {statistics.median(interactive):.0f} ms")

    def control(self):
        """How many pictures a second an empty page makes that draws a line where the pointer is: what this machine can do now."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 860})
        page = context.new_page()
        page.set_content("<canvas width=1280 height=178></canvas>")
        page.evaluate("""() => {
          const drawing = document.querySelector("canvas").getContext("2d"), times = [];
          let at = null, waiting = null;
          addEventListener("pointermove", (event) => {
            at = event.clientX;
            waiting ??= requestAnimationFrame(() => {
              waiting = null;
              drawing.clearRect(0, 0, 1280, 178);
              drawing.fillRect(at, 0, 2, 178);
              times.push(performance.now());
            });
          });
          window.measured = () => times;
        }""")
        self.shake(page, 10, 1260, 60)
        times = page.evaluate("() => window.measured()")
        context.close()
        return (len(times) - 1) / (times[-1] - times[0]) * 1000

    def shake(self, page, left, width, y):
        end, step = time.monotonic() + (3 if self.quick else 8), 0
        while time.monotonic() < end:
            page.mouse.move(left + abs((step * 7) % 2000 - 1000) / 1000 * width, y)
            step += 1

    def scrub(self):
        """Drags the playhead to and fro, over everything and over a part, and counts the pictures that show it elsewhere."""
        control = self.control()
        count = 100_000 if self.quick else 1_000_000
        path = recording(self.folder / "million.jsonl", count, 20_000_000, LANES, lead=1_000_000_000)
        with serve(self.folder / "scrub.log", path, "--only-recorded", "--paused") as mock:
            visit = driving.Visit(self.browser, mock)
            begun = time.monotonic()
            visit.until("() => Object.keys(page.store.get('overview')?.lanes ?? {}).length > 1")
            counted = time.monotonic() - begun
            for name in ["everything", "zoomed"]:
                if name == "zoomed":
                    visit.page.get_by_role("button", name="Nearer").click()
                    visit.page.get_by_role("button", name="Nearer").click()
                    visit.page.wait_for_timeout(1_000)
                found = self.drag(visit)
                self.row(f"scrubbing {count:,} events, {name}", found["rate"], "pictures/s", least=30, parts=(
                    f"an empty page makes {control:.0f}; a picture is drawn in {found['drawing']:.2f} ms, longest pause {found['longest']:.0f} ms, "
                    f"{found['seeks']:.0f} seeks/s answered" + (f", counted in {counted:.1f} s" if name == "everything" else "")))
            visit.close()

    def drag(self, visit):
        box = visit.page.get_by_role("slider", name="Time line").bounding_box()
        y = box["y"] + 60
        visit.page.evaluate("""() => {
          const line = page.line, times = [];
          let last = null, seeks = 0;
          const draw = line.draw.bind(line), adopt = page.store.adopt.bind(page.store);
          let spent = 0;
          line.draw = () => {
            const begun = performance.now();
            draw();
            spent += performance.now() - begun;
            const now = page.store.now();
            if (now !== last) times.push(performance.now());
            last = now;
          };
          page.store.adopt = (replay) => { seeks += 1; adopt(replay); };
          window.measured = () => { delete line.draw; delete page.store.adopt; return { times, seeks, spent }; };
        }""")
        visit.page.mouse.move(box["x"] + 10, y)
        visit.page.mouse.down()
        self.shake(visit.page, box["x"] + 10, box["width"] - 20, y)
        visit.page.mouse.up()
        found = visit.page.evaluate("() => window.measured()")
        times = found["times"]
        seconds = (times[-1] - times[0]) / 1000
        return {
            "rate": (len(times) - 1) / seconds, "longest": max(b - a for a, b in zip(times, times[1:])),
            "seeks": found["seeks"] / seconds, "drawing": found["spent"] / len(times)}

    def stream(self):
        """What it costs the server to tell a page of 10,000 frames a second, against the same frames without a page; and
        what the tab takes that shows them."""
        seconds, rounds = (4, 1) if self.quick else (15, 3)
        path = recording(self.folder / "stream.jsonl", 50_000, 100_000, ["H0UPPGM0"], burst=10)
        without, told, shown, rates = [], [], [], []
        with serve(self.folder / "stream.log", path, "--only-recorded", "--loop") as mock:
            client = registered(mock, "H0UPPGM0", "0001")
            visit = None
            try:
                time.sleep(2)
                for _ in range(rounds):
                    without.append(self.used(mock, seconds)[0])
                    listener = told_frames(mock)
                    told.append(self.used(mock, seconds)[0])
                    listener.stop()
                    visit = driving.Visit(self.browser, mock)
                    visit.until("() => page.store.frames.length > 100")
                    cost, rate = self.used(mock, seconds)
                    shown.append(cost)
                    rates.append(rate)
                    if len(shown) < rounds:
                        visit.close()
                # The tab holds all that it ever holds.
                visit.until("() => page.store.frames.length >= 18000")
                time.sleep(2 if self.quick else 20)
                tab = max(map(footprint, renderers(os.getpid())))
                heap = visit.page.evaluate("() => performance.memory?.usedJSHeapSize ?? 0") / 1e6
                visit.close()
            finally:
                client.stop()
        costs = [100 * (with_page - alone) for with_page, alone in zip(told, without)]
        self.row("10,000 frames/s on the page, server", statistics.median(costs), "% of a core", most=5, parts=(
            f"rounds {', '.join(f'{cost:.1f}' for cost in costs)}; of one core without a page {100 * statistics.median(without):.1f} %, "
            f"read by a program {100 * statistics.median(told):.1f} %, by a browser {100 * statistics.median(shown):.1f} %; {statistics.median(rates):,.0f} frames/s"))
        self.row("10,000 frames/s on the page, tab", tab, "MB", most=200, parts=f"of which objects {heap:.0f} MB, 20,000 frames kept")

    @staticmethod
    def used(mock, seconds):
        """Seconds of processor that the server uses for 10,000 frames, and how many frames it sends in a second."""
        def frames():
            return sum(requests.get(f"{mock.admin}/status", timeout=30).json()["frames"].values())

        sent, before, begun = frames(), processor_seconds(mock.process.pid), time.monotonic()
        time.sleep(seconds)
        used, sent = processor_seconds(mock.process.pid) - before, frames() - sent
        return used / sent * 10_000, sent / (time.monotonic() - begun)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="short, for a smoke test; targets are the same")
    options.add_argument("--json", action="store_true", help="one JSON object on stdout")
    options.add_argument("--only", choices=["size", "first_paint", "scrub", "stream"], help="one measurement")
    chosen = options.parse_args()
    if reason := driving.why_no_browser():
        print(f"not measured: {reason}", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=driving.executable(), args=["--no-sandbox"])
        bench = Bench(browser, Path(folder), chosen.quick)
        for name in [chosen.only] if chosen.only else ["size", "first_paint", "scrub", "stream"]:
            getattr(bench, name)()
        browser.close()
    met = all(row["met"] is not False for row in bench.rows)
    if chosen.json:
        print(json.dumps({"quick": chosen.quick, "met": met, "rows": bench.rows}, indent=1))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
