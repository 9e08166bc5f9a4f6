"""What an import of logs as people have them costs, beside DuckDB and GoAccess."""
import json
import sys

from logs import in_page_cache, shaped_log
from measure import (HERE, MIB, WORK, against, figure, fresh, mebibytes, percent, say, seconds,
                     size_of, timed)

# Of each kind: how many lines, what they are, and how many times as fast as DuckDB errata is to be.
KINDS = {
    "bodies": (140_000, "errors whose bodies all differ", 1.0),
    "kong": (200_000, "Kong, 3 % errors", 2.0),
    "envoy": (400_000, "Envoy's JSON, 3 % errors", 1.5),
    "nginx": (1_000_000, "NGINX text, 3 % errors", 5.0),
    "mix": (400_000, "four gateways, 12 % errors", None),
}

GOACCESS = ["goaccess", "--log-format=%h %^ %e [%d:%t %^] \"%r\" %s %b \"%R\" \"%u\" rt=%T %^",
            "--date-format=%d/%b/%Y", "--time-format=%H:%M:%S", "--no-progress"]


def rows(options):
    """Every kind in turn."""
    return [row for kind in KINDS for row in rows_of(kind, options)]


def rows_of(kind, options):
    lines, what, least = KINDS[kind]
    lines = lines // 10 if options.quick else lines
    log = in_page_cache(shaped_log(kind, lines))
    measured = [one_round(kind, log, lines, options) for _ in range(options.rounds)]

    def column(name):
        return [one[name] for one in measured]

    size = log.stat().st_size
    made = [
        figure(f"{what}: errata import ({lines:,} lines, {size / MIB:,.0f} MiB)", column("seconds"),
               seconds),
        against(f"{what}: DuckDB (inside)", column("duck"), column("seconds"), "DuckDB",
                column("duck"), least=least),
        against(f"{what}: DuckDB (inside), by CPU", column("duck_cpu"), column("cpu"), "DuckDB",
                column("duck_cpu")),
        figure(f"{what}: peak resident memory", column("memory"), mebibytes, most=128 * MIB),
        figure(f"{what}: store as share of the raw log", column("share"), percent),
    ]
    if kind == "nginx":
        made.append(against(f"{what}: GoAccess, by CPU", column("goaccess"), column("cpu"),
                            "GoAccess", column("goaccess"), least=20.0))
    return made


def one_round(kind, log, lines, options):
    """One turn of errata and its rivals on a log; all of them must find the same in it."""
    store = fresh("shaped.db")
    run = timed([options.errata, "import", "--store", store, "--format", "json", "-q",
                 log])
    share = size_of(store) / log.stat().st_size
    found = json.loads(run.output)
    fresh(store.name)
    duck = json.loads(timed([sys.executable, HERE / "duck.py", "load", kind, log,
                             fresh("shaped-duck.db"), options.threads]).output)
    fresh("shaped-duck.db")
    own, others = [(one[errors], one["successes"])
                   for one, errors in ((found, "events"), (duck, "errors"))]
    if own != others or sum(own) != lines:
        sys.exit(f"bench: of {lines} lines of {log.name} errata has {own} errors and successes, "
                 f"DuckDB {others}: no fair comparison")
    measured = {"seconds": run.seconds, "cpu": run.cpu, "memory": run.memory, "share": share,
                "duck": duck["seconds"], "duck_cpu": duck["cpu"]}
    if kind == "nginx":
        measured["goaccess"] = analysed(log, lines)
    say(f"{kind}: errata {run.seconds:.2f} s, DuckDB {duck['seconds']:.2f} s")
    return measured


def analysed(log, lines):
    """The CPU seconds that GoAccess takes for its report on a log."""
    report = WORK / "goaccess.json"
    run = timed([*GOACCESS, "--output", report, log])
    valid = json.loads(report.read_text(errors="replace"))["general"]["valid_requests"]
    if valid != lines:
        sys.exit(f"bench: GoAccess reads {valid} lines of {lines}: no fair comparison")
    report.unlink()
    return run.cpu
