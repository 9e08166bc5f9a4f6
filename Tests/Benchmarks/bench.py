#!/usr/bin/env python3
"""Measure errata against its rivals and its bars, in one run.

usage: bench.py [--errata PATH] [--only PART…] [--quick] [--results FILE] …

The parts, in order:
  import   `errata import` of a fresh store beside DuckDB (typed read_json, an index on one id:
           duck.py) and SQLite alone (by bind and step, for the rows errata has just stored:
           bare.c), taking turns: A B C A B C …; memory and size
  shapes   the same of logs as people have them (shapes.py): bodies that all differ, Kong, Envoy and
           NGINX text with 3 % errors, a mix of gateways; of NGINX also beside GoAccess
  growth   the next lines into a store of 20 M beside an empty one, and a line of 100 MB
  reports  every report over the last week and over all of a store of 10 M, beside DuckDB's count
  find     an id in that store; and what `errata help` takes, as the least that a command costs

Absolute times say more about the machine than about errata, so what counts are the ratios, each
taken within one round. A full run appends a dated section to results.md and leaves the older ones
as they are; a quick one (--quick or QUICK=1: a tenth of everything) and one of some parts only
print it. Logs and stores live in $XDG_CACHE_HOME/errata-bench, never in the repository.
"""
import argparse
import datetime
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys

import imports
import questions
import shaped
from logs import log_of
from measure import HERE, MIB, REPOSITORY, WORK, say, table

PARTS = ("import", "shapes", "growth", "reports", "find")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--errata", default=REPOSITORY / ".build/release/errata",
                        type=pathlib.Path, help="the binary (default: .build/release/errata)")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART",
                        help=f"some parts only, of {', '.join(PARTS)}; no record")
    parser.add_argument("--quick", action="store_true", help="a tenth of everything, no record")
    parser.add_argument("--lines", type=int, help="length of an imported log (default 1000000)")
    parser.add_argument("--rounds", type=int, help="turns of each rival (default 5)")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="DuckDB's threads")
    parser.add_argument("--cache-kib", type=int, default=16384,
                        help="page cache of the bare insert; keep it equal to errata's")
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results.md")
    options = parser.parse_args()
    options.quick = options.quick or os.environ.get("QUICK", "") not in ("", "0")
    options.lines = options.lines or (100_000 if options.quick else 1_000_000)
    options.rounds = options.rounds or (3 if options.quick else 5)
    options.growth_rounds = 3 if options.quick else 5
    options.big, options.huge = options.lines * 10, options.lines * 20
    options.turns = 10 if options.quick else 20
    return options


def need(options):
    """Say what is missing before anything slow begins."""
    if not os.access(options.errata, os.X_OK):
        sys.exit(f"bench: no binary at {options.errata}: swift build -c release, or --errata PATH")
    options.errata = options.errata.resolve()
    if importlib.util.find_spec("duckdb") is None:
        sys.exit("bench: the module duckdb is missing: run `make bench`, or "
                 f"`pip install -r {HERE / 'requirements.txt'}` in a virtual environment")
    if "shapes" in (options.only or PARTS) and shutil.which("goaccess") is None:
        sys.exit("bench: no GoAccess: apt-get install goaccess")
    if shutil.which("cc") is None:
        sys.exit("bench: no C compiler: apt-get install gcc libsqlite3-dev")
    WORK.mkdir(parents=True, exist_ok=True)
    wanted = options.huge * 1200 + options.big * 700
    there = sum(file.stat().st_blocks * 512 for file in WORK.iterdir())
    if shutil.disk_usage(WORK).free + there < wanted:
        sys.exit(f"bench: {WORK} needs {wanted / 1e9:.0f} GB: set XDG_CACHE_HOME, or use --quick")


def compiled():
    """The path of bare.c's program, built anew: it takes less than a second."""
    binary = WORK / "bare"
    subprocess.run(["cc", "-O2", "-o", binary, HERE / "bare.c", "-lsqlite3"], check=True)
    return binary


def measured(options):
    """The rows of all parts wanted, and the rivals' versions where they took part."""
    parts, rows, versions = options.only or PARTS, [], {}
    if "import" in parts:
        rounds = imports.rounds(options, compiled())
        rows += imports.speed(options, rounds)
        versions = rounds[0]["versions"]
    if "shapes" in parts:
        rows += shaped.rows(options)
    if "growth" in parts:
        rows += imports.growth(options) + imports.long_line(options)
    if "reports" in parts:
        rows += questions.reports(options)
    if "find" in parts:
        rows += questions.finding(options) + questions.starting(options)
    return rows, versions


def text_of(command):
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY)
    return done.stdout.strip() if done.returncode == 0 else ""


def commit():
    """The commit measured; results.md itself does not make the tree a changed one."""
    name = text_of(["git", "rev-parse", "--short", "HEAD"]) or "unknown"
    changed = text_of(["git", "status", "--porcelain", "-uno", "--", ".",
                       ":!Tests/Benchmarks/results.md"])
    return name + (" and uncommitted changes" if changed else "")


def section(options, rows, versions):
    """The dated section for results.md."""
    versions = dict(versions, Python=sys.version.split()[0])
    listed = ", ".join(f"{name} {version}" for name, version in versions.items())
    program = text_of([str(options.errata), "--version"]) or "errata of unknown version"
    now = datetime.datetime.now(datetime.timezone.utc)
    size = log_of(options.lines).stat().st_size
    return "\n".join([
        f"## {now:%Y-%m-%d %H:%M} UTC",
        "",
        f"Commit {commit()}; {program}; {os.cpu_count()} CPUs, DuckDB on {options.threads} "
        f"threads; {listed}.",
        f"{options.lines:,} lines of make-log.py ({size / MIB:,.0f} MiB), {options.rounds} rounds, in "
        "turns. Ratios are taken round by round; their median and spread are given.",
        "",
        *table(rows),
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
    text = section(options, *measured(options))
    print(text)
    if options.quick or options.only:
        say("a quick or partial run is not recorded")
    else:
        record(options.results, text)
        say(f"appended to {options.results}")


if __name__ == "__main__":
    main()
