"""What questions cost, from the start of the process to the last byte of the answer."""
import json
import statistics
import sys

from logs import identifiers_of, log_of, store_of
from measure import HERE, WORK, against, figure, milliseconds, say, timed


def asked(options, store, *words):
    """The seconds that a command takes, again and again, warm."""
    command = [options.errata, *words, "--store", store, "--tz", "UTC"]
    timed(command)
    return [timed(command, settle=False).seconds for _ in range(options.turns)]


def reports(options):
    """Every report over the last seven days, and over all days beside DuckDB's count."""
    store, _ = store_of(options.errata, options.big)
    rows = []
    for name in ("report", "rates", "bursts", "spikes", "incidents", "limits"):
        taken = asked(options, store, name)
        rows.append(figure(f"{name}, 7 days of {options.big:,} events", taken, milliseconds,
                           most=0.040))
        say(f"{name}: {milliseconds(statistics.median(taken))}")
    everything = ("--since", "2026-01-01", "--until", "2026-04-01")
    count = counted(options)
    for name, more in (("rates", ()), ("rates --by vendor,kind", ("--by", "vendor,kind")),
                       ("report", ()), ("bursts", ()), ("spikes", ()), ("incidents", ()), ("limits", ())):
        words = (name.split()[0], *everything, *more)
        if name.startswith("rates"):
            words += ("--every", "1d")
        taken = asked(options, store, *words)
        rows.append(figure(f"{name}, all {options.big:,} events", taken, milliseconds, most=0.250))
        if name == "rates --by vendor,kind":
            rows.append(against("DuckDB: count by day, vendor and status (inside)", count, taken,
                                "DuckDB", count, form=milliseconds, least=1.0))
        say(f"{name}, all: {milliseconds(statistics.median(taken))}")
    return rows


def counted(options):
    """What DuckDB takes to count the same buckets over a loaded table."""
    database, log = WORK / f"duck-{options.big}.db", log_of(options.big)
    if not database.exists() or database.stat().st_mtime < log.stat().st_mtime:
        say(f"loading {options.big:,} lines into DuckDB")
        part = database.with_suffix(".part")
        part.unlink(missing_ok=True)
        timed([sys.executable, HERE / "duck.py", "load", "benchmark", log, part, options.threads])
        part.rename(database)
    output = timed([sys.executable, HERE / "duck.py", "count", database, options.threads,
                    options.turns]).output
    return json.loads(output)["seconds"]


def finding(options):
    """Gateway ids from everywhere in the store, each asked for twice; the second time counts."""
    store, _ = store_of(options.errata, options.big)
    taken = []
    for identifier in identifiers_of(log_of(options.big), options.turns):
        command = [options.errata, "find", identifier, "--store", store, "--format", "json"]
        run = timed(command, settle=False)
        found = json.loads(run.output)["events"]
        if len(found) != 1:
            sys.exit(f"bench: {identifier} finds {len(found)} events")
        taken.append(timed(command, settle=False).seconds)
    return [figure(f"find in {options.big:,} events", taken, milliseconds, most=0.010)]


def starting(options):
    """The least that a command costs."""
    command = [options.errata, "help"]
    taken = [timed(command, settle=False).seconds for _ in range(options.turns * 3)]
    return [figure("help", taken, milliseconds, most=0.008)]
