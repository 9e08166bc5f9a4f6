"""What an import costs: beside rivals, as the store grows, and in memory."""
import datetime
import json
import shutil
import statistics
import sys

from logs import in_page_cache, line_of, log_of, store_of
from measure import (HERE, MIB, Row, against, figure, fresh, mebibytes, percent, say, seconds,
                     size_of, spread, timed)


def rounds(options, bare):
    """Turns of errata, DuckDB and the bare insert, on the same log: what each took."""
    log = in_page_cache(log_of(options.lines))
    measured = []
    for _ in range(options.rounds):
        store = fresh("errata.db")
        run = timed([options.errata, "import", "--store", store, log, "-q"])
        process = timed([sys.executable, HERE / "duck.py", "load", "benchmark", log, fresh("duck.db"),
                         options.threads])
        duck = json.loads(process.output)
        plain = json.loads(timed([bare, store, fresh("bare.db"), options.cache_kib]).output)
        for rival, rows in (("DuckDB", duck["errors"]), ("errata's store", plain["rows"])):
            if rows != options.lines:
                sys.exit(f"bench: {rival} holds {rows} rows of {options.lines}: no fair comparison")
        say(f"errata {run.seconds:.2f} s, DuckDB {duck['seconds']:.2f} s, "
            f"bare {plain['seconds']:.2f} s")
        measured.append({
            "errata": run.seconds, "memory": run.memory,
            "share": size_of(store) / log.stat().st_size, "duck": duck["seconds"],
            "duck_process": process.seconds, "bare": plain["seconds"],
            "versions": {"DuckDB": duck["version"], "SQLite": plain["version"]}})
        for name in ("errata.db", "duck.db", "bare.db"):
            fresh(name)
    return measured


def speed(options, measured):
    """errata, DuckDB and the bare insert side by side."""
    def column(key):
        return [one[key] for one in measured]

    def rival(what, name, key, **bars):
        return against(what, column(key), own, name, column(key), **bars)

    own = column("errata")
    rate = [options.lines / one for one in own]
    return [
        figure("errata import", own, seconds),
        Row("errata: lines a second", f"{statistics.median(rate):,.0f}",
            spread(rate, "{:,.0f}".format), "", "", ""),
        rival("DuckDB: typed read_json, index on one id (inside)", "DuckDB", "duck", least=2.0),
        rival("DuckDB: the same, whole process", "DuckDB", "duck_process"),
        rival("bare insert of errata's rows", "bare", "bare", most=1.4),
        figure("peak resident memory", column("memory"), mebibytes, most=128 * MIB),
        figure("store as share of the raw log", column("share"), percent, most=0.34),
    ]


def growth(options):
    """The next lines into a store that is large already, in turns with an empty one."""
    large, made = store_of(options.errata, options.huge)
    days = options.huge // 111_111 + 2
    log = in_page_cache(log_of(options.lines, seed=2, start=day(days)))
    empty, grown, memory = [], [], []
    for _ in range(options.growth_rounds):
        store = fresh("empty.db")
        empty.append(timed([options.errata, "import", "--store", store, log, "-q"]).seconds)
        fresh(store.name)
        store = fresh("grown.db")
        shutil.copyfile(large, store)
        run = timed([options.errata, "import", "--store", store, log, "-q"])
        fresh(store.name)
        grown.append(run.seconds)
        memory.append(run.memory)
        say(f"into an empty store {empty[-1]:.2f} s, into one of {options.huge:,} {grown[-1]:.2f} s")
    return [
        against(f"growth: the next {options.lines:,} lines into a store of {options.huge:,}", grown,
                grown, "into an empty one", empty, most=1.2),
        figure(f"peak resident memory, {options.huge:,} lines", [made["memory"], *memory], mebibytes,
               most=128 * MIB),
    ]


def long_line(options):
    """What a log with a line of 100 MB takes in memory, altogether."""
    peaks = []
    for _ in range(3):
        log = line_of(100_000_000)
        peaks.append(timed([options.errata, "import", "--store", fresh("line.db"), log, "-q"]).memory)
    fresh("line.db")
    return [figure("peak resident memory, a line of 100 MB", peaks, mebibytes, most=64 * MIB)]


def day(number):
    """The date so many days after the logs begin."""
    return str(datetime.date(2026, 1, 1) + datetime.timedelta(days=number))
