#!/usr/bin/env python3
"""Write demo.ndjson.gz: two weeks of traffic to five vendors, and the start of the Monday after.

usage: make-demo.py [FILE]

What happens in it is told in README.md; the same script gives the same lines. A summary of what
was planted goes to standard error.
"""
import collections
import dataclasses
import datetime
import gzip
import json
import pathlib
import random
import re
import sys

sys.dont_write_bytecode = True
from gateways import GATEWAYS, pino_note  # noqa: E402
from vendors import (VENDORS, flowestate, flowestate_plan, hexes, mimicbot,  # noqa: E402
                     zihin)

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
MONDAYS = [int(datetime.datetime(2026, 11, day, tzinfo=datetime.timezone.utc).timestamp() * 1000)
           for day in (2, 9, 16)]
# The log ends on Monday at noon: only then is W46 over in every time zone.
END = MONDAYS[2] + 12 * HOUR + 30 * MINUTE
LOOKED_UP = "req_8f2c61d09ab47e3512cd"

# How busy each hour of a working day is; a day of the weekend has a third of it.
HOURS = [2, 1, 1, 1, 1, 2, 4, 8, 14, 18, 20, 19, 16, 18, 20, 19, 17, 13, 9, 7, 5, 4, 3, 3]
WEEK = [busy * (1 if day < 5 else 0.33) for day in range(7) for busy in HOURS]


@dataclasses.dataclass
class Exchange:
    """One request to a vendor and what came back; times and latency in milliseconds."""
    time: int
    vendor: str
    method: str
    path: str
    route: str
    status: int | None
    body: object
    consumer: str
    latency: int
    retry_after: int | None
    id: str

    @property
    def host(self):
        return VENDORS[self.vendor]["host"]

    @property
    def done(self):
        return self.time + self.latency


class Traffic:
    """Everything that happened, and the dice it was made with."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.exchanges = []
        self.notes = []
        self.ids = {vendor: [hexes(self.dice, 8) for _ in range(24)] for vendor in VENDORS}
        # A gateway's ids begin with its node: as unique, and they compress to half the size.
        self.nodes = {vendor: hexes(self.dice, 20) for vendor in VENDORS}

    def between(self, low, high):
        return low + int(self.dice.random() * (high - low + 1))

    def one_of(self, things):
        return things[int(self.dice.random() * len(things))]

    def moment(self, monday, hours=range(168)):
        """A time in the week, in one of these of its hours, the busy ones oftener."""
        hour = self.dice.choices(hours, [WEEK[hour] for hour in hours])[0]
        return monday + hour * HOUR + self.between(0, HOUR - 1)

    def add(self, time, vendor, endpoint, status, body=None, consumer=None, latency=None,
            done=False, id_of_path=None):
        """One exchange that began at `time`, or was done then. `body` is a function of the dice,
        a fixed word, or None."""
        profile = VENDORS[vendor]
        method, path, route = profile["endpoints"][endpoint]
        path = path.format(id=id_of_path or self.one_of(self.ids[vendor]), page=self.between(1, 6))
        latency = latency or int(profile["latency"] * (0.4 + self.dice.expovariate(1.6))) + 3
        body = body(self.dice) if callable(body) else body
        self.exchanges.append(Exchange(
            time - latency if done else time, vendor, method, path, route, status, body,
            consumer or self.one_of(profile["consumers"]), latency,
            self.wait(vendor, body) if status == 429 else None,
            self.nodes[vendor] + hexes(self.dice, 12)))

    def wait(self, vendor, body):
        """The Retry-After of a 429: what the body says where it says something."""
        words = json.dumps(body)
        told = re.search(r'"retryAfter": (\d+)|Retry after (\d+) seconds', words)
        if told:
            return int(told[1] or told[2])
        if "quota" in words or "token_limit" in words:
            return 86400
        if vendor == "mimicbot" and "message" not in words:
            return 3600  # public endpoints name the whole window
        return 20 if vendor == "zihin" else self.between(5, 40)

    def ordinary_week(self, monday, week):
        for vendor, profile in VENDORS.items():
            for _ in range(profile["weekly"]):
                endpoint = self.between(0, len(profile["endpoints"]) - 1)
                self.add(self.moment(monday), vendor, endpoint, 200)
            for status, *counts, endpoints, body in profile["errors"]:
                for _ in range(counts[week]):
                    latency = 15_000 if status == 504 else None
                    self.add(self.moment(monday), vendor, self.one_of(endpoints), status, body,
                             latency=latency)

    def monday_morning(self):
        """The hours after the two weeks: a little of what is common."""
        morning = range(12)
        for vendor, profile in VENDORS.items():
            for _ in range(profile["weekly"] // 14):
                endpoint = self.between(0, len(profile["endpoints"]) - 1)
                self.add(self.moment(MONDAYS[2], morning), vendor, endpoint, 200)
            for status, _, count, endpoints, body in profile["errors"]:
                for _ in range(count // 7 if status != 429 else 0):
                    self.add(self.moment(MONDAYS[2], morning), vendor, endpoints[0], status, body)
        _, _, _, endpoints, body = VENDORS["zenstep"]["errors"][3]
        self.add(END - 3 * MINUTE, "zenstep", endpoints[0], 404, body)

    def ignored_retry_after(self):
        """Tuesday 14:02: batch-import runs into zihin's rate limit and tries again each second,
        though told to wait for twenty."""
        agent, start = self.ids["zihin"][0], MONDAYS[1] + DAY + 14 * HOUR + 2 * MINUTE
        for number in range(60):
            self.add(start - 45 * SECOND + number * 900, "zihin", 0, 200,
                     consumer="batch-import", latency=self.between(500, 800), id_of_path=agent)
        time = start + 11 * SECOND
        for _ in range(243):
            latency = self.between(25, 90)
            self.add(time, "zihin", 0, 429, zihin("rate_limit_exceeded", "Too many requests"),
                     "batch-import", latency, id_of_path=agent)
            time += latency + self.between(1000, 2050)
        for number in range(20):
            self.add(time + 30 * SECOND + number * 20 * SECOND, "zihin", 0, 200,
                     consumer="batch-import", id_of_path=agent)

    def honoured_retry_after(self):
        """Saturday 03:10: north-coast's nightly read is slowed by flowestate, and waits."""
        time = MONDAYS[1] + 5 * DAY + 3 * HOUR + 10 * MINUTE
        for _ in range(14):
            self.add(time, "flowestate", 1, 429, flowestate(
                "BAD_REQUEST", "Rate limit exceeded. Retry after 15 seconds."), "north-coast", 40)
            time += self.between(15_100, 17_500)

    def server_errors(self):
        """Thursday 09:15 to 09:52: mimicbot's workers and what stands behind them fail."""
        start, minutes = MONDAYS[1] + 3 * DAY + 9 * HOUR + 15 * MINUTE, 37
        kinds = [(503, (0, 2), mimicbot("UPSTREAM_UNAVAILABLE",
                                        "A dependent service is unreachable")),
                 (503, (1, 3), mimicbot("TEMPORAL_UNAVAILABLE",
                                        "Background worker is unreachable")),
                 (500, (1, 2, 3), mimicbot("INTERNAL_ERROR", "Something went wrong"))]
        for minute in range(minutes):
            rising, falling = 3 + minute, minutes + 2 - minute
            for _ in range(min(rising, falling, self.between(4, 8))):
                status, endpoints, body = self.dice.choices(kinds, [55, 30, 15])[0]
                self.add(start + minute * MINUTE + self.between(0, MINUTE - 1), "mimicbot",
                         self.one_of(endpoints), status, body,
                         latency=self.between(900, 5200), done=True)
        self.add(start + 16 * MINUTE + 7 * SECOND, "mimicbot", 3, 503, lambda dice: {"error": {
            "code": "TEMPORAL_UNAVAILABLE", "message": "Background worker is unreachable",
            "requestId": LOOKED_UP}}, "ticket-desk", 4870, done=True)
        window = range(start, start + minutes * MINUTE)
        self.exchanges = [one for one in self.exchanges if not (
            one.vendor == "mimicbot" and one.status == 200 and one.time in window
            and self.dice.random() < 0.6)]

    def used_up_plans(self):
        """From Wednesday harbor-homes has no leads left in its plan, and more comes every day;
        from Friday agency-portal has used up its messages of the month."""
        leads = flowestate_plan("leads")
        for day, count in zip(range(2, 8), (5, 11, 19, 26, 34, 6)):
            hours = range(24 * day, 24 * day + 24) if day < 7 else range(12)
            monday = MONDAYS[1] if day < 7 else MONDAYS[2]
            for _ in range(count):
                self.add(self.moment(monday, hours), "flowestate", 0, 403, leads, "harbor-homes")
        messages = mimicbot("PLAN_LIMIT_REACHED",
                            "Plan limit reached: monthly messages (limit 5000)")
        for _ in range(8):
            self.add(self.moment(MONDAYS[1], range(96, 168)), "mimicbot", 5, 402, messages,
                     "agency-portal")

    def new_code(self):
        """zihin's provider_timeout, never seen before Friday 10:41:18."""
        timeout = zihin("provider_timeout", "LLM provider did not respond in time")
        first = MONDAYS[1] + 4 * DAY + 10 * HOUR + 41 * MINUTE + 18 * SECOND
        later = [self.moment(MONDAYS[1], range(107, 168)) for _ in range(15)]
        for time in [first, *later]:
            self.add(time, "zihin", 0, 504, timeout, latency=self.between(30_000, 30_090))

    def lines(self):
        """The log, in the order in which the gateways wrote it, as (time, dictionary)."""
        self.exchanges.sort(key=lambda one: (one.done, one.id))
        counted, lines = 4_180_000, list(self.notes)
        for one in self.exchanges:
            if GATEWAYS[one.vendor].__name__ == "pino":
                counted += 1
                one.id = f"crm-{counted}"
            lines.append((one.done, GATEWAYS[one.vendor](one)))
        return sorted(lines, key=lambda line: line[0])


def clock(milliseconds):
    moment = datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.timezone.utc)
    return moment.strftime("%a %F %H:%M:%S.") + f"{milliseconds % 1000:03d}Z"


def summary(traffic, lines, path):
    """What was planted, so that a reader of errata's answers can compare."""
    def planted(what, test):
        found = [one for one in traffic.exchanges if test(one)]
        first, last = found[0], found[-1]
        print(f"{what}: {len(found)}, {clock(first.time)} .. {clock(last.time)}", file=sys.stderr)

    def says(one, words):
        return words in json.dumps(one.body)

    by_gateway = collections.Counter(GATEWAYS[one.vendor].__name__ for one in traffic.exchanges)
    failed = sum(one.status != 200 for one in traffic.exchanges)
    print(f"{path}: {len(lines)} lines, {failed} errors, {path.stat().st_size} bytes\n"
          f"gateways: {dict(by_gateway)}, skipped: {len(traffic.notes)}", file=sys.stderr)
    tuesday = MONDAYS[1] + DAY
    planted("429 burst at zihin, batch-import, Retry-After 20 ignored",
            lambda one: one.status == 429 and one.vendor == "zihin"
            and 14 * HOUR <= one.time - tuesday <= 14 * HOUR + 12 * MINUTE)
    planted("429 burst at flowestate, north-coast, Retry-After 15 honoured",
            lambda one: one.status == 429 and says(one, "after 15 seconds")
            and one.consumer == "north-coast")
    planted("5xx at mimicbot, Thursday 09:15-09:52", lambda one: one.vendor == "mimicbot"
            and one.status and one.status >= 500
            and 555 * MINUTE <= one.done - tuesday - 2 * DAY < 592 * MINUTE)
    planted("flowestate plan limit, leads, harbor-homes", lambda one: says(one, "of leads for"))
    planted("mimicbot plan limit, monthly messages", lambda one: says(one, "monthly messages"))
    planted("new: zihin provider_timeout", lambda one: says(one, "provider_timeout"))
    planted("gone: zihin tenant_not_found", lambda one: says(one, "tenant_not_found"))
    planted(f"look up {LOOKED_UP}", lambda one: says(one, LOOKED_UP))


def main():
    path = pathlib.Path(__file__).with_name("demo.ndjson.gz")
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else path
    traffic = Traffic(seed=6)
    traffic.ordinary_week(MONDAYS[0], 0)
    traffic.ordinary_week(MONDAYS[1], 1)
    traffic.monday_morning()
    traffic.ignored_retry_after()
    traffic.honoured_retry_after()
    traffic.server_errors()
    traffic.used_up_plans()
    traffic.new_code()
    traffic.notes = [(monday + 5 * HOUR, pino_note(monday + 5 * HOUR, "crm-sync 3.8.1 started"))
                     for monday in MONDAYS]
    lines = traffic.lines()
    text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for _, line in lines)
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode())
    summary(traffic, lines, path)


if __name__ == "__main__":
    main()
