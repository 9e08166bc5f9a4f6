"""Timing processes, and the rows in which results are told."""
import collections
import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
WORK = CACHE / "errata-bench"
MIB = 1024 * 1024

Run = collections.namedtuple("Run", "seconds cpu memory output")
Row = collections.namedtuple("Row", "what median spread ratio bar met")

HEADS = Row("what", "median", "spread", "ratio", "bar", "met")
RULE = Row("---", "---:", "---", "---", "---", "---")


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def timed(command, settle=True):
    """Run a command: wall seconds, CPU seconds, peak resident bytes, standard output.

    What earlier rounds left to be written is written first, unless it is one of many short
    commands. The peak counts what this script itself held when it forked (some 20 MiB), so it can
    only be too high; so can the seconds, by the forking.
    """
    if settle:
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
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output)


def fresh(name):
    """A path in the work directory where nothing is left of an earlier round."""
    for left in WORK.glob(name + "*"):
        left.unlink()
    return WORK / name


def size_of(path):
    """Bytes of a store with what stands beside it."""
    return sum(file.stat().st_size for file in path.parent.glob(path.name + "*"))


# How figures are spelt.

def seconds(value):
    return f"{value:.2f} s"


def milliseconds(value):
    return f"{1000 * value:.1f} ms"


def mebibytes(value):
    return f"{value / MIB:.1f} MiB"


def times(value):
    return f"{value:.2f}x"


def percent(value):
    return f"{100 * value:.1f} %"


def spread(values, form):
    return f"{form(min(values))}..{form(max(values))}"


def met(*verdicts):
    return ", ".join("yes" if verdict else "**no**" for verdict in verdicts)


def figure(what, values, form, most=None, bar=None):
    """A row of figures by themselves, whose median may be `most` at most."""
    median = statistics.median(values)
    return Row(what, form(median), spread(values, form), "", bar or (most and f"<= {form(most)}") or "",
               met(median <= most) if most else "")


def against(what, shown, values, rival, others, form=seconds, least=None, most=None, bar=None):
    """A row of the figures `shown`, and of own `values` beside a rival's, pair by pair: rival / own,
    of which the median may be `least` at least, or own / rival, of which it may be `most` at most."""
    if most is not None:
        ratios, name = [one / other for one, other in zip(values, others)], f"errata / {rival}"
    else:
        ratios, name = [other / one for one, other in zip(values, others)], f"{rival} / errata"
    ratio = statistics.median(ratios)
    verdict = ""
    if least is not None:
        bar, verdict = bar or f">= {times(least)}", met(ratio >= least)
    elif most is not None:
        bar, verdict = bar or f"<= {times(most)}", met(ratio <= most)
    return Row(what, form(statistics.median(shown)), spread(shown, form),
               f"{name} {times(ratio)} ({spread(ratios, times)})", bar or "", verdict)


def table(rows):
    return ["| " + " | ".join(row) + " |" for row in (HEADS, RULE, *rows)]
