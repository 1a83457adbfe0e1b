"""A short recording with one frame of everything the clients decode, in the widths they were written for."""

import json
from pathlib import Path

HTS_ID = "mockuser"
ACCOUNT = "1234567801"

# H0STCNT0 with 46 values, H0STASP0 with 59: the examples of the KIS portal (2023-06-12).
TRADE = (
    "005930^093354^71900^5^-100^-0.14^72023.83^72100^72400^71700^71900^71800^1^3052507^219853241700^5105^6937^1832"
    "^84.90^1366314^1159996^1^0.39^20.28^090020^5^-200^090820^5^-500^092619^2^200^20230612^20^N^65945^216924^1118750"
    "^2199206^0.05^2424142^125.92^0^^72100"
)
ORDER_BOOK = (
    "005930^093730^0^71900^72000^72100^72200^72300^72400^72500^72600^72700^72800^71800^71700^71600^71500^71400^71300"
    "^71200^71100^71000^70900^91918^117942^92673^79708^106729^141988^176192^113906^134077^104229^95221^159371^220746"
    "^284657^212742^195370^182710^209747^376432^158171^1159362^2095167^0^0^0^0^525579^-72000^5^-100.00^3159115^0^8^0^0^0"
)
# H0STCNI0 with 23 values (before 2025-03): a fill of one share of 하림 (136480) at 3,190 won.
NOTICE = (
    f"{HTS_ID}^{ACCOUNT}^0000002891^^02^0^00^0^136480^0000000001^000003190^094941^0^2^2^06010^000000001"
    "^김한투^하림^10^^하림^000003190"
)
FRAMES = [
    f"0|H0STCNT0|001|{TRADE}",
    f"0|H0STCNT0|002|{TRADE}^{TRADE.replace('^093354^71900^', '^093355^71800^', 1)}",
    f"0|H0STASP0|001|{ORDER_BOOK}",
    f"1|H0STCNI0|001|{NOTICE}",
]

HEADER = {
    "kis_recording": 1,
    "start": "2023-06-12T09:33:54+09:00",
    "venue": "real",
    "dialect": "2023-06-12",
    "provenance": "documented",
    "source": "KIS portal examples",
    "title": "one frame of everything the clients decode",
}


def write(path: Path, frames: list[str] = FRAMES, rounds: int = 10, gap_milliseconds: int = 50) -> Path:
    """Writes `rounds` times the given frames, one each `gap_milliseconds`."""
    lines = [json.dumps(HEADER, ensure_ascii=False, separators=(",", ":"))]
    for number, frame in enumerate(frames * rounds, start=1):
        event = {"t": number * gap_milliseconds * 1_000_000, "ws": frame}
        lines.append(json.dumps(event, ensure_ascii=False, separators=(",", ":")))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
