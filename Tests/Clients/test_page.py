"""The page in a real browser: every pane driven as a person would, and the rules that keep strangers out of it."""

import json
import subprocess

import page as driving
import pytest
import requests
from mock import BINARY, ROOT, first_line, serve

reason = driving.why_no_browser()
pytestmark = pytest.mark.skipif(reason is not None, reason=str(reason))

PRICE = "/uapi/domestic-stock/v1/quotations/inquire-price"
HEADER = {
    "kis_recording": 1, "start": "2026-09-21T09:00:00+09:00", "venue": "real", "dialect": "2026-09-21",
    "provenance": "simulated", "source": "a test", "title": "a minute of two indices"}


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=driving.executable(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def minute(tmp_path):
    """A recording of a minute: a frame a second, one of them broken, with a gap and a marker."""
    lines = [json.dumps(HEADER)]
    for second in range(60):
        if 20 <= second < 30:
            continue
        values = "^".join([("0001", "1001")[second % 2], f"0900{second:02}"] + [str(second * 10 + n) for n in range(86)])
        lines.append(json.dumps({"t": second * 1_000_000_000, "ws": f"0|H0UPPGM0|001|{values}"}))
        if second == 40:
            lines.append(json.dumps({"t": 40_500_000_000, "ws": "0|H0UPPGM0|001|0001^090040^7"}))
            lines.append(json.dumps({"t": 40_600_000_000, "marker": "broken"}))
    path = tmp_path / "minute.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def mock(tmp_path, minute):
    with serve(tmp_path / "server.log", minute, "--clock", "scaled", "--lenient") as mock:
        yield mock


@pytest.fixture
def day(tmp_path):
    """The bundled day at ten o'clock."""
    with serve(tmp_path / "server.log", "--clock", "scaled", "--start", "10:00:00", "--lenient") as mock:
        yield mock


@pytest.fixture
def visit(browser):
    visits = []

    def visit(mock, *arguments, **options):
        visits.append(driving.Visit(browser, mock, *arguments, **options))
        return visits[-1]

    yield visit
    for window in visits:
        window.close()


@pytest.fixture
def client():
    clients = []

    def client(mock, *registrations):
        clients.append(driving.Client(mock))
        for registration in registrations:
            clients[-1].register(*registration)
        return clients[-1]

    yield client
    for one in clients:
        one.close()


def replay(mock):
    return requests.get(f"{mock.admin}/replay").json()


def test_a_browser_gets_the_page_and_a_program_the_routes(mock):
    page = requests.get(mock.admin, headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert "GET    /__admin/health" in requests.get(mock.admin).text
    assert requests.get(f"{mock.admin}/page/../schema.json").status_code == 404


def test_the_page_fits_into_a_hundred_kilobytes():
    import gzip
    files = list((ROOT / "page").iterdir())
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 100 * 1024


def test_strangers_do_not_get_in(mock):
    for headers in [{"Origin": "http://evil.example"}, {"Host": "evil.example"},
                    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}]:
        assert requests.get(f"{mock.admin}/events", headers=headers, timeout=10).status_code == 403, headers
        assert requests.post(f"{mock.admin}/ask", json={"path": PRICE}, headers=headers).status_code == 403, headers


def test_events_resume_where_they_broke_off(mock):
    def some(count, **headers):
        found = []
        with requests.get(f"{mock.admin}/events?history=100", headers=headers, stream=True, timeout=30) as stream:
            name = number = None
            for line in stream.iter_lines(decode_unicode=True):
                field, _, value = line.partition(": ")
                name = value if field == "event" else name
                number = value if field == "id" else number
                if field == "data" and name == "entry":
                    found.append((number, json.loads(value)["id"]))
                if len(found) == count:
                    return found
    for _ in range(4):
        requests.get(mock.rest + PRICE)
    first = some(2)
    assert [entry for _, entry in first] == [1, 2] and first[0][0] != first[1][0]
    rest = some(2, **{"Last-Event-ID": first[-1][0]})
    assert [entry for _, entry in rest] == [3, 4]


def test_the_time_line_seeks_selects_and_zooms(mock, visit, client):
    client(mock, ("H0UPPGM0", "0001"), ("H0UPPGM0", "1001"))
    window = visit(mock)
    window.until("() => page.store.frames.filter(frame => frame.tr === 'H0UPPGM0').length > 2")
    line = window.page.get_by_role("slider", name="Time line")
    window.page.get_by_role("button", name="Pause").click()
    window.until("() => page.store.get('status').replay.state === 'paused'")
    box = line.bounding_box()
    window.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 90)
    window.until("() => Math.abs(page.store.now() / 1e9 - 29.5) < 1.5")
    assert replay(mock)["state"] == "paused" and abs(replay(mock)["position_ns"] / 1e9 - 29.5) < 1.5
    # A range, by dragging along the axis: it is in the address and it filters.
    window.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 8)
    window.page.mouse.down()
    window.page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 8, steps=5)
    window.page.mouse.up()
    start, end = window.page.evaluate("() => page.store.get('range')")
    assert 27e9 < start < 32e9 and 42e9 < end < 47e9 and "from=" in window.page.url
    # What is pointed at on the line is marked in the list, and the other way round.
    window.page.get_by_role("button", name="Clear range").click()
    window.row(1).hover()
    window.until("() => page.store.get('hover') === page.open.list.elements[1].position")
    window.page.mouse.move(box["x"] + 2, box["y"] + 90)
    window.page.locator(".row.near").wait_for()
    # The wheel brings nearer what is under the pointer.
    window.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 90)
    window.page.mouse.wheel(0, -400)
    window.until("() => page.store.get('window') && page.store.get('window')[1] - page.store.get('window')[0] < 40e9")
    window.shot("timeline")
    # Keys: arrows, step, space.
    line.focus()
    before = replay(mock)["position_ns"]
    window.page.keyboard.press("ArrowRight")
    window.until("before => Math.abs(page.store.now() - before - 1e9) < 2e6", before)
    released = replay(mock)["released"]
    window.page.keyboard.press(".")
    window.until("released => page.store.get('status').replay.released === released + 1", released)
    window.page.keyboard.press(" ")
    window.until("() => page.store.get('status').replay.state === 'playing'")


def test_the_playhead_follows_the_pointer_and_the_time_between_two_statuses(mock, visit, client):
    client(mock, ("H0UPPGM0", "0001"))
    window = visit(mock)
    window.until("() => page.store.get('status')?.replay.state === 'playing'")
    # It moves on by itself, and not only when a status comes.
    window.until('''() => {
      const status = page.store.get("status"), found = (window.found ??= { status, places: new Set() });
      if (found.status !== status) window.found = { status, places: new Set() };
      window.found.places.add(page.store.now());
      return window.found.places.size > 3;
    }''')
    window.page.get_by_role("button", name="Pause").click()
    window.until("() => page.store.get('status').replay.state === 'paused'")
    box = window.page.get_by_role("slider", name="Time line").bounding_box()
    window.page.mouse.move(box["x"] + 10, box["y"] + 90)
    window.page.mouse.down()
    for share in [0.3, 0.8, 0.6]:
        window.page.mouse.move(box["x"] + box["width"] * share, box["y"] + 90)
        assert abs(window.page.evaluate("() => page.store.now()") / 59e9 - share) < 0.02
    window.page.mouse.up()
    window.until("() => page.store.scrub === null")
    assert abs(replay(mock)["position_ns"] / 59e9 - 0.6) < 0.02
    # Nearer, everything, and one lane alone.
    window.page.get_by_role("button", name="Nearer").click()
    window.until("() => page.store.get('window')?.[0] > 10e9")
    window.page.get_by_role("button", name="Show all").click()
    window.until("() => page.store.get('window') === null")
    window.page.locator("[data-tr=H0UPPGM0]").click()
    assert window.page.get_by_role("searchbox", name="Filter").input_value() == "tr=H0UPPGM0"


def test_orders_and_fills_are_on_the_time_line_and_a_range_filters_the_panes(day, visit, client):
    someone = client(day, ("H0STCNI0", "me"))
    window = visit(day)
    order = {"CANO": "12345678", "ACNT_PRDT_CD": "01", "PDNO": "005930", "EXCG_ID_DVSN_CD": "KRX"}
    someone.post("/uapi/domestic-stock/v1/trading/order-cash", "TTTC0012U", {**order, "ORD_DVSN": "01", "ORD_QTY": "3", "ORD_UNPR": "0"})
    window.until("() => page.store.orders.some(order => order.kind === 'filled' && order.code === '005930' && order.side === 'buy')")
    window.until("() => page.line.marks.some(mark => mark.text.startsWith('filled') && mark.text.includes('005930 Buy'))")
    # Who points at it reads what it is.
    x = window.page.evaluate("() => page.line.marks.find(mark => mark.text.startsWith('filled')).x")
    box = window.page.get_by_role("slider", name="Time line").bounding_box()
    window.page.mouse.move(box["x"] + x, box["y"] + 140)
    window.until("() => page.line.marksNear(page.line.scale().x(page.store.get('hover'))).some(mark => mark.text.startsWith('filled'))")
    window.shot("fills")
    # A page that comes later is told of it too.
    later = visit(day, "#pane=market")
    later.until("() => page.store.orders.some(order => order.kind === 'filled')")
    later.page.get_by_role("table", name="Fills").wait_for()
    filled = later.page.evaluate("() => page.store.orders.find(order => order.kind === 'filled').position")
    later.page.evaluate("at => page.store.set({ range: [at - 3600e9, at - 1800e9] })", filled)
    later.page.get_by_role("table", name="Fills").wait_for(state="detached")
    later.page.get_by_text("Fills · in the range").wait_for()
    later.page.evaluate("at => page.store.set({ range: [at - 60e9, at + 60e9] })", filled)
    later.page.get_by_role("table", name="Fills").wait_for()
    later.open("Sessions")
    later.page.get_by_role("cell", name="H0STCNI0 me OPSP0000").wait_for()
    later.page.evaluate("at => page.store.set({ range: [at + 3000e9, at + 3600e9] })", filled)
    later.page.get_by_role("cell", name="H0STCNI0 me OPSP0000").wait_for(state="detached")


def test_a_rare_frame_is_seen_among_more_than_are_told(visit, client, tmp_path):
    values = "^".join(["0001", "090000"] + ["1"] * 86)
    lines = [json.dumps(HEADER)] + [
        json.dumps({"t": number * 100_000, "ws": f"0|H0UPPGM0|001|{values}"}) for number in range(20_000)]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with serve(tmp_path / "many.log", path, "--only-recorded", "--loop") as mock:
        client(mock, ("H0UPPGM0", "0001"), ("H0STCNI0", "me"))
        window = visit(mock)
        window.page.get_by_text("left out").wait_for()
        window.page.get_by_role("searchbox", name="Filter").fill("tr=H0STCNI0")
        window.until("() => page.wantedFrames.tr_id === 'H0STCNI0'")
        window.until('''() => {
          if (!document.querySelector(".frame-row")) page.api.post("/channels/send", { text: "1|H0STCNI0|001|me^12345678" });
          return document.querySelector(".frame-row");
        }''')
        assert "H0STCNI0" in window.row(0).text_content()
        window.close()


def test_frames_are_decoded_filtered_and_followed(mock, visit, client):
    client(mock, ("H0UPPGM0", "0001"), ("H0UPPGM0", "1001"))
    window = visit(mock)
    rows = window.page.get_by_role("listbox", name="Frames").get_by_role("option")
    window.until("() => page.store.frames.filter(frame => frame.tr === 'H0UPPGM0').length >= 4")
    rows.first.wait_for()
    assert "국내지수 실시간프로그램매매" in rows.first.text_content() or "프로그램매매" in window.page.content()
    window.page.get_by_role("searchbox", name="Filter").fill("tr=H0UPPGM0 code=1001")
    window.until("() => [...document.querySelectorAll('.frame-row')].length > 0 && [...document.querySelectorAll('.frame-row')].every(row => row.textContent.includes('1001'))")
    window.page.get_by_role("searchbox", name="Filter").fill("price>x")
    window.page.get_by_text("only a number can be compared").wait_for()
    window.page.get_by_role("searchbox", name="Filter").fill("tr=H0UPPGM0")
    window.until("() => document.querySelectorAll('.frame-row').length >= 3")
    rows.nth(2).click()
    detail = window.page.locator(".detail")
    detail.get_by_role("table").wait_for()
    assert detail.locator("mark").count() > 0, "changed values are marked"
    assert "BSOP_HOUR" in detail.text_content()
    window.shot("frames")
    # Who reads above is not moved by what comes below.
    window.page.evaluate("() => { const list = document.querySelector('.list'); page.open.list.setFollows(false); list.scrollTop = 0; }")
    count = window.page.evaluate("() => page.store.frames.length")
    window.until("count => page.store.frames.length > count + 1", count)
    assert window.page.evaluate("() => document.querySelector('.list').scrollTop") == 0


def test_a_broken_frame_is_shown_where_it_breaks(mock, visit):
    window = visit(mock, "#pane=frames&source=recorded&at=40000000000")
    window.page.get_by_role("searchbox", name="Filter").fill("tr=H0UPPGM0")
    window.row(1).click()
    window.page.get_by_text("It breaks here: 3 ≠ 1 × 88").wait_for()
    assert window.page.locator(".detail .broken").count() > 80
    window.shot("broken-frame")


def test_a_notice_is_shown_as_cipher_and_as_plain_text(mock, visit, client):
    client(mock, ("H0STCNI0", "me"))
    window = visit(mock)
    window.until("() => page.store.get('status')?.sessions[0]?.registrations.length === 1")
    text = "1|H0STCNI0|001|me^12345678^0000002891^^02^0^00^0^005930"
    requests.post(f"{mock.admin}/channels/send", json={"text": text}).raise_for_status()
    window.page.get_by_role("searchbox", name="Filter").fill("tr=H0STCNI0")
    window.row(0).click()
    window.page.get_by_text("Cipher").wait_for()
    blocks = window.page.locator(".detail pre").all_text_contents()
    assert any(block.startswith(text) for block in blocks)
    assert any(block.startswith("1|H0STCNI0|001|") and "^" not in block for block in blocks)


def test_nothing_from_the_wire_becomes_markup(mock, visit, client):
    client(mock, ("H0UPPGM0", "0001"))
    window = visit(mock)
    window.until("() => page.store.get('status')?.sessions.length === 1")
    evil = "<img src=x onerror=document.title='hit'><script>document.title='hit'</script>"
    requests.post(f"{mock.admin}/channels/send", json={"text": f"0|H0UPPGM0|001|0001^{evil}", "session": 1})
    requests.get(f"{mock.rest}/uapi/{evil}", headers={"tr_id": evil})
    window.page.get_by_role("searchbox", name="Filter").fill("onerror")
    window.row(0).click()
    window.open("Requests")
    window.row(0).click()
    assert window.page.title() == "kis-mock" and window.page.locator("img").count() == 0


def test_requests_show_their_answer_near_misses_and_how_to_ask_again(mock, visit, client, tmp_path):
    someone = client(mock)
    someone.get(PRICE, "FHKST01010100", FID_COND_MRKT_DIV_CODE="J", FID_INPUT_ISCD="005930")
    someone.get("/uapi/domestic-stock/v1/quotations/inquire-prise", "FHKST01010100", FID_INPUT_ISCD="005930")
    window = visit(mock)
    window.open("Requests")
    window.page.get_by_role("searchbox", name="Filter").fill("path=*inquire-price")
    window.row(0).click()
    detail = window.page.locator(".detail")
    detail.get_by_text("generated").wait_for()
    window.page.get_by_role("button", name="Copy as curl").click()
    window.page.get_by_text("Copied").wait_for()
    command = window.page.evaluate("() => navigator.clipboard.readText()")
    assert command.startswith("curl -X GET ") and "FID_INPUT_ISCD=005930" in command and "***" in command
    # From now on it is answered otherwise, and the rule can go into a scenario.
    window.page.get_by_text("Answer this differently from now on").click()
    detail.get_by_label("KIS code (msg_cd)").fill("EGW00201")
    detail.get_by_label("Status").fill("500")
    window.page.get_by_role("button", name="Write the rule").click()
    window.page.get_by_text("The rule is in force").wait_for()
    answer = someone.get(PRICE, "FHKST01010100", FID_COND_MRKT_DIV_CODE="J", FID_INPUT_ISCD="005930")
    assert answer.status_code == 500 and answer.json()["msg_cd"] == "EGW00201"
    scenario = tmp_path / "rule.yaml"
    scenario.write_text(window.page.locator("[data-rule]").text_content(), encoding="utf-8")
    linted = subprocess.run([BINARY, "lint", scenario], capture_output=True, text=True, timeout=30)
    assert linted.returncode == 0, linted.stdout + linted.stderr
    window.shot("requests")
    window.page.get_by_role("button", name="Drop added rules").click()
    window.page.get_by_role("searchbox", name="Filter").fill("")
    window.page.get_by_role("button", name="Unmatched").click()
    window.row(0).click()
    detail.get_by_text("Nearest").first.wait_for()
    assert "inquire-price" in detail.text_content() and "path" in detail.text_content()


def test_recorded_requests_are_looked_at_like_those_of_now(visit, tmp_path):
    path = tmp_path / "asked.jsonl"
    rest = {"method": "GET", "path": PRICE, "tr_id": "FHKST01010100", "parameters": {"FID_INPUT_ISCD": "005930"}, "status": 500,
            "headers": {}, "body": {"rt_cd": "1", "msg_cd": "EGW00201", "msg1": "초당 거래건수를 초과하였습니다."}}
    path.write_text("\n".join([json.dumps(HEADER), json.dumps({"t": 5_000_000_000, "rest": rest})]) + "\n", encoding="utf-8")
    with serve(tmp_path / "asked.log", path, "--only-recorded", "--paused") as mock:
        window = visit(mock, "#source=recorded")
        window.page.locator(".frame-row").get_by_text("→ 500").wait_for()
        assert window.page.locator(".row.bad").count() == 0, "a request is no broken frame"
        window.open("Requests")
        window.page.get_by_role("searchbox", name="Filter").fill("status=500 code=005930")
        window.row(0).click()
        window.page.locator(".detail").get_by_text("EGW00201").first.wait_for()
        window.page.get_by_role("button", name="Seek here").click()
        window.until("() => page.store.get('status').replay.position_ns === 5e9")
        window.close()


def test_a_range_is_repeated_at_any_rate(mock, visit, client):
    client(mock, ("H0UPPGM0", "0001"))
    window = visit(mock, "#from=40000000000&to=45000000000")
    window.page.get_by_label("Rate").select_option("10")
    window.until("() => page.store.get('status').replay.speed === 10")
    window.page.get_by_role("button", name="Loop").click()
    assert window.page.get_by_role("button", name="Loop").get_attribute("aria-pressed") == "true"
    # It has been behind the range's beginning, then before its end again, then behind it once more.
    window.until('''() => {
      const now = page.store.now(), turns = (window.turns ??= { count: 0, last: now });
      if (now < turns.last - 2e9) turns.count += 1;
      turns.last = now;
      return turns.count >= 2 && now >= 39e9;
    }''')


@pytest.mark.parametrize("name", ["Close 1011", "Cut"])
def test_a_session_is_ended_from_the_page(mock, visit, client, name):
    someone = client(mock, ("H0UPPGM0", "0001"))
    window = visit(mock, "#pane=sessions")
    window.page.get_by_role("button", name=name, exact=True).click()
    assert someone.closed.wait(60)
    window.page.get_by_text("Nobody is connected").wait_for()
    window.page.get_by_role("table", name="Connections and registrations").get_by_role("cell", name="ended", exact=True).wait_for()


def test_sessions_are_shown_masked_sent_to_and_cut(mock, visit, client):
    someone = client(mock, ("H0UPPGM0", "0001"))
    window = visit(mock)
    window.open("Sessions")
    window.page.get_by_role("table", name="Sessions").get_by_role("cell", name="H0UPPGM0 0001").wait_for()
    window.page.get_by_role("table", name="Connections and registrations").get_by_role("cell", name="registered").wait_for()
    assert "page-client" not in window.page.locator("#pane").text_content()
    window.page.get_by_label("Message").fill("0|H0UPPGM0|001|0001^sent from the page")
    window.page.get_by_role("button", name="Send", exact=True).click()
    window.page.get_by_text("Send: 1").wait_for()
    window.shot("sessions")
    window.page.get_by_role("button", name="Reset", exact=True).click()
    assert someone.closed.wait(30)
    window.page.get_by_text("Nobody is connected").wait_for()
    assert "0|H0UPPGM0|001|0001^sent from the page" in someone.texts


def test_market_and_account_order_fill_and_top_up(day, visit):
    requests.put(f"{day.admin}/accounts/12345678-01", json={"cash": 50_000_000, "holdings": []}).raise_for_status()
    window = visit(day)
    window.open("Market & account")
    window.until("() => Number(document.querySelector('canvas.candles').dataset.candles) > 5")
    window.until("() => document.querySelectorAll('#pane table tbody tr').length > 10")
    assert "삼성전자" in window.page.locator("#pane").text_content()
    window.page.get_by_label("Order type").select_option("01")
    window.page.get_by_label("Quantity").fill("3")
    window.page.get_by_role("button", name="Buy").click()
    window.page.get_by_role("table", name="Fills").wait_for()
    window.page.get_by_role("cell", name="005930").first.wait_for()
    window.page.get_by_label("Order type").select_option("00")
    price = int(window.page.evaluate("() => page.open.last"))
    window.page.get_by_label("Price").fill(str(price // 10 * 8 // 1000 * 1000))
    window.page.get_by_role("button", name="Buy").click()
    window.page.get_by_role("table", name="Open orders").wait_for()
    window.shot("market")
    window.page.get_by_role("button", name="Cancel").click()
    window.page.get_by_role("table", name="Open orders").wait_for(state="detached")
    cash = requests.get(f"{day.admin}/accounts/12345678-01").json()["cash"]
    window.page.get_by_role("button", name="Add 100 M won").click()
    window.until("cash => fetch('/__admin/accounts/12345678-01').then(answer => answer.json()).then(account => account.cash === cash + 1e8)", cash)
    window.page.get_by_label("The next order").select_option(label="is refused")
    window.page.get_by_role("button", name="Steer", exact=True).click()
    window.page.get_by_text("It holds for the next order").wait_for()
    window.page.get_by_label("Order type").select_option("01")
    window.page.get_by_role("button", name="Buy").click()
    window.page.get_by_text("APBK0919").wait_for()


def test_faults_are_armed_from_a_form_and_the_clock_is_moved(mock, visit, client):
    someone = client(mock)
    window = visit(mock)
    window.open("Faults & clock")
    window.page.get_by_label("Fault", exact=True).select_option("http-status")
    window.page.locator("[data-setting=status]").fill("418")
    window.page.locator("[data-setting=times]").fill("2")
    window.page.get_by_role("button", name="Arm", exact=True).click()
    window.page.get_by_role("table", name="Armed").get_by_role("cell", name="http-status").wait_for()
    assert someone.get(PRICE, "FHKST01010100", FID_INPUT_ISCD="005930").status_code == 418
    window.until("() => page.store.get('status').faults[0]?.remaining === 1")
    window.shot("faults")
    window.page.get_by_role("button", name="Disarm all").click()
    window.until("() => page.store.get('status').faults.length === 0")
    window.page.get_by_role("button", name="Freeze").click()
    window.until("() => page.store.get('status').clock.frozen")
    before = requests.get(f"{mock.admin}/clock").json()["now_ns"]
    window.page.get_by_label("Advance").fill("90s")
    window.page.get_by_role("button", name="Advance").click()
    window.until("before => page.store.get('status').clock.now_ns === before + 90e9", before)
    window.page.get_by_role("button", name="Let it run").click()
    window.until("() => !page.store.get('status').clock.frozen")


def test_the_states_of_a_scenario_are_a_picture(visit, tmp_path, minute):
    scenario = tmp_path / "states.yaml"
    scenario.write_text(
        "title: two states\nrecording: minute.jsonl\nclock: scaled\nstates: [calm, storm]\nrules:\n"
        f"  - {{name: breaks, state: calm, when: {{request: {{path: {PRICE}}}}}, do: [{{state: storm}}]}}\n")
    with serve(tmp_path / "states.log", "--scenario", scenario) as mock:
        window = visit(mock, "#pane=faults")
        window.page.get_by_role("img", name="now: calm. calm → storm (breaks)").wait_for()
        requests.get(mock.rest + PRICE)
        window.page.get_by_role("img", name="now: storm.").wait_for()
        window.shot("states")
        window.close()


def test_a_range_is_saved_as_a_recording(mock, visit, tmp_path):
    window = visit(mock, "#from=10000000000&to=15000000000")
    with window.page.expect_download() as download:
        window.page.get_by_role("button", name="Save this range as a recording").click()
    path = tmp_path / "part.jsonl"
    download.value.save_as(path)
    info = subprocess.run([BINARY, "info", "--json", path], capture_output=True, text=True, timeout=30)
    assert info.returncode == 0, info.stderr
    assert path.read_text().count('"ws"') == 5


def test_a_range_of_what_was_really_sent_is_saved_as_a_recording(mock, visit, client, tmp_path):
    someone = client(mock, ("H0UPPGM0", "0001"), ("H0UPPGM0", "1001"))
    someone.get(PRICE, "FHKST01010100", FID_INPUT_ISCD="005930")
    window = visit(mock)
    window.until("() => page.store.now() > 8e9")
    box = window.page.get_by_role("slider", name="Time line").bounding_box()
    window.page.mouse.move(box["x"] + box["width"] * 2.5 / 59, box["y"] + 8)
    window.page.mouse.down()
    window.page.mouse.move(box["x"] + box["width"] * 6.5 / 59, box["y"] + 8, steps=5)
    window.page.mouse.up()
    with window.page.expect_download() as download:
        window.page.get_by_role("button", name="Save this range as a recording").click()
    window.page.get_by_text("Saved as it was sent").wait_for()
    path = tmp_path / "live.jsonl"
    download.value.save_as(path)
    texts = [line["ws"] for line in map(json.loads, path.read_text().splitlines()[1:]) if "ws" in line]
    assert texts and set(texts) <= set(someone.texts)
    assert {text.split("^")[1] for text in texts} == {"090003", "090004", "090005", "090006"}
    for verb in ["lint", "info"]:
        checked = subprocess.run([BINARY, verb, path], capture_output=True, text=True, timeout=30)
        assert checked.returncode == 0, checked.stdout + checked.stderr
    # Where nothing was sent, the recording is what there is.
    window.page.evaluate("() => page.store.set({ range: [40e9, 45e9] })")
    window.page.get_by_role("button", name="Save this range as a recording").click()
    window.page.get_by_text("Saved from the recording").wait_for()


def test_a_link_shows_the_same_moment(mock, visit):
    window = visit(mock, "#pane=requests&q=status%3D500&from=1000000000&to=2000000000")
    window.page.get_by_role("button", name="Copy link to this moment").click()
    window.page.get_by_text("Copied").wait_for()
    link = window.page.evaluate("() => navigator.clipboard.readText()")
    other = visit(mock, link.removeprefix(mock.admin))
    assert other.page.get_by_role("tab", name="Requests").get_attribute("aria-selected") == "true"
    assert other.page.get_by_role("searchbox", name="Filter").input_value() == "status=500"
    assert other.page.evaluate("() => page.store.get('range')") == [1e9, 2e9]
    assert other.page.evaluate("() => page.store.get('at')") is not None


def test_a_moment_is_forked_and_its_copy_looked_at(mock, visit, client):
    client(mock, ("H0UPPGM0", "0001"))
    window = visit(mock)
    window.until("() => page.store.get('status')?.replay.position_ns > 2e9")
    window.page.get_by_role("button", name="Fork this moment").click()
    window.page.get_by_text("Forked as default-fork-1").wait_for()
    window.until("() => page.store.get('status')?.sandbox === 'default-fork-1'")
    assert window.page.evaluate("() => page.store.get('status').replay.state") == "paused"
    fork = requests.get(f"{mock.admin}/sandboxes/default-fork-1").json()
    assert requests.get(fork["rest"] + PRICE).status_code != 404
    window.page.get_by_label("Sandbox").select_option("default")
    window.until("() => page.store.get('status')?.sandbox === 'default'")


def test_it_speaks_korean_and_is_dark_when_wanted(mock, visit):
    window = visit(mock, language="ko-KR", theme="dark")
    window.page.get_by_role("tab", name="프레임").wait_for()
    assert window.page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    window.shot("dark-korean")
    window.page.get_by_role("button", name="English").click()
    window.page.get_by_role("tab", name="Frames").wait_for()
    window.page.get_by_role("button", name="Light").click()
    assert window.page.evaluate("() => document.documentElement.dataset.theme") == "light"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("pane", ["frames", "requests", "sessions", "market", "faults"])
def test_axe_finds_nothing(mock, visit, client, pane, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    client(mock, ("H0UPPGM0", "0001")).get(PRICE, "FHKST01010100", FID_INPUT_ISCD="005930")
    window = visit(mock, f"#pane={pane}", theme=theme)
    window.until("() => page.store.get('status')?.sessions.length === 1")
    results = axe.Axe().run(window.page)
    assert results.violations_count == 0, results.generate_report()


def test_the_keyboard_alone_is_enough(mock, visit, client):
    client(mock, ("H0UPPGM0", "0001"))
    window = visit(mock)
    window.until("() => page.store.frames.length > 2")
    window.page.keyboard.press("j")
    window.page.locator(".row[aria-selected=true]").wait_for()
    window.page.keyboard.press("j")
    window.page.keyboard.press("k")
    window.page.get_by_role("tab", name="Frames").focus()
    window.page.keyboard.press("ArrowRight")
    assert window.page.get_by_role("tab", name="Requests").get_attribute("aria-selected") == "true"
    window.page.keyboard.press("?")
    window.page.get_by_role("dialog", name="Help").wait_for()
    window.page.keyboard.press("Escape")


def test_a_million_events_are_drawn_from_what_was_counted(mock, visit):
    """Not how fast, which the bench tells: that the work of a picture does not grow with the events."""
    window = visit(mock)
    drawn = window.page.evaluate("""async () => {
      const { columns, Scale } = await import('/__admin/page/scale.js');
      const counts = Array.from({ length: 1500 }, (_, bin) => bin % 7 ? 667 : 0);
      const found = columns(counts, 0, 1e12, new Scale(0, 1e12, 1200));
      return [found.length, Math.max(...found)];
    }""")
    assert drawn == [1200, 667]


def test_the_filter_language(mock, visit):
    window = visit(mock)
    verdicts = window.page.evaluate("""async () => {
      const { parseFilter } = await import('/__admin/page/filter.js');
      const row = { text: '0|H0STCNT0|001|005930^093000^70000', value: name => ({ tr: 'H0STCNT0', key: '005930', STCK_PRPR: '70000' })[name] };
      return ['', 'tr=H0STCNT0 code=005930 price>69999', 'price>70000', 'price>=70000', 'tr=H0STC*', 'tr!=H0STCNT0', 'code~59', '093000', 'stck_prpr<=1', 'nothing=1', 'nothing!=1', '"001|005930"'].map(text => parseFilter(text)(row));
    }""")
    assert verdicts == [True, True, False, True, True, False, True, True, False, False, True, True]


def test_frames_are_taken_apart(mock, visit):
    window = visit(mock)
    found = window.page.evaluate("""async () => {
      const { decode } = await import('/__admin/page/frame.js');
      const layout = { width: 3, fields: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] };
      return ['0|T|002|1^2^3^4^5^6', '0|T|001|1^2', '0|T|001|1^2^3^4', '0|T', '1|T|001|abc=', '{"header":{}}', '7|T|x|1'].map(text => {
        const frame = decode(text, layout);
        return [frame.records.length, frame.broken && frame.broken.at, Boolean(frame.sealed)];
      });
    }""")
    assert found == [[2, None, False], [1, 11, False], [2, 14, False], [0, 3, False], [0, None, True], [0, None, False],
                     [0, 0, False]]


def test_times_and_zooms(mock, visit):
    window = visit(mock)
    found = window.page.evaluate("""async () => {
      const { Scale, clockText, gaps, parseTime, sinceText } = await import('/__admin/page/scale.js');
      const scale = new Scale(0, 100e9, 1000), near = scale.zoomed(0.5, 250, 0, 100e9);
      return [parseTime('09:30:00.5'), clockText(parseTime('09:30:00.125'), 3), sinceText(3723.5e9), scale.position(250), near.position(250), near.span, gaps([[1, 0, 0, 0, 1]], 5, 0, 5, 3)];
    }""")
    assert found == [34200.5e9, "09:30:00.125", "+1:02:03.5", 25e9, 25e9, 50e9, [[1, 4]]]


def test_a_file_is_looked_at_without_a_server_to_play_it(visit, minute):
    process = subprocess.Popen(
        [BINARY, "page", minute], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        line = json.loads(process.stdout.readline())
        assert line["event"] == "page"

        class File:
            admin, rest = line["url"], line["url"].removesuffix("/__admin")

        window = visit(File)
        window.until("() => document.querySelectorAll('.frame-row').length > 5")
        assert window.page.get_by_role("button", name="Recorded").get_attribute("aria-pressed") == "true"
        window.shot("file")
        window.close()
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0
