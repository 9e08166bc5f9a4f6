#!/usr/bin/env python3
"""Measure `errata import` against its rivals, in one run, taking turns: A B C A B C …

usage: bench.py [--errata PATH] [--lines N] [--rounds N] [--quick] [--results FILE]

  A  errata   `errata import --store FRESH LOG -q`: wall time of the whole process
  B  DuckDB   typed read_json, an index on one id, a checkpoint (duck.py)
  C  bare     SQLite alone, by bind and step, for the rows errata has just stored (bare.c)

Absolute times say more about the machine than about errata, so what counts are the ratios, each
taken within one round. A full run appends a dated section to results.md and leaves the older ones
as they are; a quick one (--quick or QUICK=1: 100 000 lines, three rounds) only prints it.
Logs and stores live in $XDG_CACHE_HOME/errata-bench, never in the repository.
"""
import argparse
import collections
import datetime
import importlib.util
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
WORK = CACHE / "errata-bench"
MIB = 1024 * 1024

Row = collections.namedtuple("Row", "what median spread ratio bar met")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--errata", default=REPOSITORY / ".build/release/errata",
                        type=pathlib.Path, help="the binary (default: .build/release/errata)")
    parser.add_argument("--lines", type=int, help="length of the log (default 1000000)")
    parser.add_argument("--rounds", type=int, help="turns of each rival (default 5)")
    parser.add_argument("--quick", action="store_true", help="100000 lines, 3 rounds, no record")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="DuckDB's threads")
    parser.add_argument("--cache-kib", type=int, default=16384,
                        help="page cache of the bare insert; keep it equal to errata's")
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results.md")
    options = parser.parse_args()
    options.quick = options.quick or os.environ.get("QUICK", "") not in ("", "0")
    options.lines = options.lines or (100_000 if options.quick else 1_000_000)
    options.rounds = options.rounds or (3 if options.quick else 5)
    return options


def need(options):
    """Say what is missing before anything slow begins."""
    if not os.access(options.errata, os.X_OK):
        sys.exit(f"bench: no binary at {options.errata}: swift build -c release, or --errata PATH")
    options.errata = options.errata.resolve()
    if importlib.util.find_spec("duckdb") is None:
        sys.exit("bench: the module duckdb is missing: run `make bench`, or "
                 f"`pip install -r {HERE / 'requirements.txt'}` in a virtual environment")
    if shutil.which("cc") is None:
        sys.exit("bench: no C compiler: apt-get install gcc libsqlite3-dev")
    WORK.mkdir(parents=True, exist_ok=True)


def compiled():
    """The path of bare.c's program, built anew: it takes less than a second."""
    binary = WORK / "bare"
    subprocess.run(["cc", "-O2", "-o", binary, HERE / "bare.c", "-lsqlite3"], check=True)
    return binary


def log_of(lines):
    """The log of that many lines, written once and kept; the generator is deterministic."""
    log = WORK / f"log-{lines}.ndjson"
    generator = HERE / "make-log.py"
    if not log.exists() or log.stat().st_mtime < generator.stat().st_mtime:
        print(f"bench: writing {log}", file=sys.stderr)
        part = log.with_suffix(".part")
        with part.open("wb") as out:
            subprocess.run([sys.executable, generator, str(lines)], stdout=out, check=True)
        part.rename(log)
    return log


def fresh(name):
    """A path in the work directory where nothing is left of an earlier round."""
    for left in WORK.glob(name + "*"):
        left.unlink()
    return WORK / name


def timed(command):
    """Run a command: (wall seconds, peak resident bytes, standard output).

    What earlier rounds left to be written is written first. The peak counts what this script
    itself held when it forked (some 20 MiB), so it can only be too high.
    """
    os.sync()
    begun = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode != 0:
        sys.exit(f"bench: exit {process.returncode} of: {' '.join(map(str, command))}")
    return seconds, usage.ru_maxrss * 1024, output


def round_of(options, log, bare):
    """One turn of each rival, as a dictionary of what was measured."""
    store, database, copy = "errata.db", "duck.db", "bare.db"
    path = fresh(store)
    seconds, memory, _ = timed([options.errata, "import", "--store", path, log, "-q"])
    size = sum(file.stat().st_size for file in WORK.glob(store + "*"))
    process, _, output = timed(
        [sys.executable, HERE / "duck.py", log, fresh(database), options.threads])
    duck = json.loads(output)
    _, _, output = timed([bare, path, fresh(copy), options.cache_kib])
    plain = json.loads(output)
    for name in (store, database, copy):
        fresh(name)
    for rival, rows in (("DuckDB", duck["rows"]), ("errata's store", plain["rows"])):
        if rows != options.lines:
            sys.exit(f"bench: {rival} holds {rows} rows of {options.lines}: no fair comparison")
    print(f"bench: errata {seconds:.2f} s, DuckDB {duck['seconds']:.2f} s, "
          f"bare {plain['seconds']:.2f} s", file=sys.stderr)
    return {"errata": seconds, "memory": memory, "size": size,
            "duck": duck["seconds"], "duck_process": process, "bare": plain["seconds"],
            "versions": {"DuckDB": duck["version"], "SQLite": plain["version"]}}


def spread(values, form):
    return f"{form(min(values))}..{form(max(values))}"


def table(options, rounds, log_size):
    """The rows of the result: what was measured against which bar."""
    def column(key):
        return [one[key] for one in rounds]

    def quotient(top, bottom):
        return [one[top] / one[bottom] for one in rounds]

    def met(*verdicts):
        return ", ".join("yes" if verdict else "**no**" for verdict in verdicts)

    def seconds(value):
        return f"{value:.2f}"

    def times(value):
        return f"{value:.2f}x"

    def timing(what, key, name="", ratios=(), bar="", verdict=""):
        ratio = ""
        if name:
            ratio = f"{name} {times(statistics.median(ratios))} ({spread(ratios, times)})"
        return Row(what, seconds(statistics.median(column(key))),
                   spread(column(key), seconds), ratio, bar, verdict)

    duck, process = quotient("duck", "errata"), quotient("duck_process", "errata")
    bare = quotient("errata", "bare")
    faster, slower = statistics.median(duck), statistics.median(bare)
    rate = [options.lines / one for one in column("errata")]
    memory = [one / MIB for one in column("memory")]
    size = [100 * one / log_size for one in column("size")]
    return [
        timing("errata import", "errata"),
        timing("DuckDB: typed read_json, index on one id (inside)", "duck", "DuckDB / errata", duck,
               ">= 1.0x now; >= 1.5x to come", met(faster >= 1, faster >= 1.5)),
        timing("DuckDB: the same, whole process", "duck_process", "DuckDB / errata", process),
        timing("bare insert of errata's rows", "bare", "errata / bare", bare,
               "<= 1.4x", met(slower <= 1.4)),
        Row("errata: lines per second", f"{statistics.median(rate):,.0f}",
            spread(rate, "{:,.0f}".format), "", "", ""),
        Row("errata: peak resident memory, MiB", f"{max(memory):.1f}",
            spread(memory, "{:.1f}".format), "", "<= 128 MiB", met(max(memory) <= 128)),
        Row("errata: store as share of the raw log", f"{statistics.median(size):.1f} %",
            spread(size, "{:.1f} %".format), "", "<= 40 %", met(max(size) <= 40)),
    ]


def text_of(command):
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY)
    return done.stdout.strip() if done.returncode == 0 else ""


def commit():
    """The commit measured; results.md itself does not make the tree a changed one."""
    name = text_of(["git", "rev-parse", "--short", "HEAD"]) or "unknown"
    changed = text_of(["git", "status", "--porcelain", "-uno", "--", ".",
                       ":!Tests/Benchmarks/results.md"])
    return name + (" and uncommitted changes" if changed else "")


def section(options, rounds, log_size):
    """The dated section for results.md."""
    versions = dict(rounds[0]["versions"], Python=sys.version.split()[0])
    listed = ", ".join(f"{name} {version}" for name, version in versions.items())
    program = text_of([str(options.errata), "--version"]) or "errata of unknown version"
    now = datetime.datetime.now(datetime.timezone.utc)
    heads = Row("what", "median s", "spread", "ratio", "bar", "met")
    rule = Row("---", "---:", "---", "---", "---", "---")
    rows = [heads, rule, *table(options, rounds, log_size)]
    return "\n".join([
        f"## {now:%Y-%m-%d %H:%M} UTC: import",
        "",
        f"Commit {commit()}; {program}; {os.cpu_count()} CPUs, DuckDB on {options.threads} "
        f"threads; {listed}.",
        f"{options.lines:,} lines of make-log.py ({log_size / MIB:,.0f} MiB), "
        f"{options.rounds} rounds, in turns. Ratios are taken round by round; their "
        "median and spread are given.",
        "",
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ])


def record(path, text):
    """Append, and only append: an older section is what was true then."""
    title = "# Benchmark results\n\nWritten by bench.py, newest last.\n"
    with path.open("a", encoding="utf-8") as out:
        out.write((title if out.tell() == 0 else "") + "\n" + text)


def main():
    options = arguments()
    need(options)
    bare, log = compiled(), log_of(options.lines)
    with log.open("rb") as warm:  # every rival finds the log in the page cache
        while warm.read(MIB):
            pass
    rounds = [round_of(options, log, bare) for _ in range(options.rounds)]
    text = section(options, rounds, log.stat().st_size)
    print(text)
    if options.quick:
        print("bench: a quick run is not recorded", file=sys.stderr)
    else:
        record(options.results, text)
        print(f"bench: appended to {options.results}", file=sys.stderr)


if __name__ == "__main__":
    main()
