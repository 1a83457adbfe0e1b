"""The trading days of the market are those of the exchange, as the common calendar of Python users has them."""

import json

import exchange_calendars
import pytest
from mock import run

FIRST, LAST = "2015-01-01", "2026-12-31"

# Where the market differs from exchange-calendars 4.13.2 (XKRX), and why. Each entry must still be a difference: when
# the package learns of it, this list has to forget it.
CLOSED_HERE_ONLY = {
    "2026-06-03": "local elections; the package was released before the date was known to it",
    "2026-07-17": "제헌절, a public holiday again since 2026",
}
LATE_HERE_ONLY = {
    date: "수능: the package knows the exam days to 2020 only"
    for date in ("2021-11-18", "2022-11-17", "2023-11-16", "2024-11-14", "2025-11-13", "2026-11-19")
}


def days():
    """What `kis-mock calendar` lists, by date."""
    listed = run("calendar", "--from", FIRST, "--to", LAST, "--json").stdout
    return {day["date"]: day for day in map(json.loads, listed.splitlines())}


def regular(day):
    """From the first continuous minute to the closing price, HH:MM."""
    phases = {phase["phase"]: phase for phase in day["krx"]}
    return phases["continuous"]["from"][:5], phases["closingAuction"]["until"][:5]


def test_trading_days_and_hours_are_those_of_the_exchange():
    ours = days()
    calendar = exchange_calendars.get_calendar("XKRX", start=FIRST, end=LAST)
    theirs = {str(session.date()): session for session in calendar.sessions}
    assert set(ours) - set(theirs) == set()
    assert set(theirs) - set(ours) == set(CLOSED_HERE_ONLY)
    late = set()
    for date, day in ours.items():
        session = theirs[date]
        moments = calendar.opens[session], calendar.closes[session]
        expected = tuple(moment.tz_convert("Asia/Seoul").strftime("%H:%M") for moment in moments)
        if regular(day) != expected:
            late.add(date)
            assert regular(day)[0] == "10:00" and expected[0] == "09:00"
    assert late == set(LATE_HERE_ONLY)


def test_futures_and_options_trade_longer_than_shares():
    for date, opens in (("2023-07-28", "09:00:00"), ("2023-07-31", "08:45:00"), ("2026-01-02", "09:45:00")):
        day = json.loads(run("calendar", "--from", date, "--json").stdout)
        phases = {phase["phase"]: phase for phase in day["contracts"]}
        assert (phases["continuous"]["from"], phases["closingAuction"]["until"]) == (opens, "15:45:00")


@pytest.mark.parametrize(
    "name, calendar, last",
    [
        ("NASDAQ", "XNYS", "2027-12-31"), ("NYSE", "XNYS", "2027-12-31"), ("HKEX", "XHKG", "2027-12-31"),
        ("TSE", "XTKS", "2027-12-31"),
        # The package knows no later days of China.
        ("SSE", "XSHG", "2026-12-31"), ("SZSE", "XSHG", "2026-12-31"),
    ])
def test_exchanges_abroad_open_and_close_as_their_calendars_say(name, calendar, last):
    listed = run("calendar", "--exchange", name, "--from", FIRST, "--to", last, "--json").stdout
    ours = {day["date"]: day[name.lower()] for day in map(json.loads, listed.splitlines())}
    theirs = exchange_calendars.get_calendar(calendar, start=FIRST, end=last)
    assert set(ours) == {str(session.date()) for session in theirs.sessions}
    for session, close in theirs.closes.items():
        date = str(session.date())
        end = [phase for phase in ours[date] if phase["phase"] == "regular"][-1]["until"]
        at = close.tz_convert("Asia/Seoul")
        hour = at.hour + 24 * (at.date() - session.date()).days
        assert end[:5] == f"{hour:02}:{at:%M}", date
