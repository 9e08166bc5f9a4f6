#!/usr/bin/env python3
"""Writes spikes-SEED.txt and bursts-SEED.txt: generated input and what is true of it.

usage: export.py TOOLS SEED [DIR]

TOOLS is the folder with gen.py, the generator; DIR is where to write, by default here. Needs numpy.
README.md describes the format."""
import os
import sys
import textwrap

sys.dont_write_bytecode = True
tools, seed = sys.argv[1], int(sys.argv[2])
target = sys.argv[3] if len(sys.argv) > 3 else os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, tools)

import numpy as np
import gen


def minute(time):
    return (time - gen.T0) // 60


def wrapped(words):
    return textwrap.fill(" ".join(words), width=100, break_long_words=False)


def with_zeros_counted(counts):
    words, zeros = [], 0
    for count in list(counts) + [None]:
        if count == 0:
            zeros += 1
            continue
        if zeros:
            words.append("0" if zeros == 1 else f"0*{zeros}")
            zeros = 0
        if count is not None:
            words.append(str(count))
    return words


with open(f"{target}/spikes-{seed}.txt", "w") as out:
    series = {}
    rows, truths = gen.spikes(seed)
    for name, time, count in rows:
        series.setdefault(name, np.zeros(gen.N, int))[minute(time)] = count
    for truth in truths:
        print("series", truth["series"], gen.T0 * 1000, file=out)
        print(wrapped(with_zeros_counted(series[truth["series"]].tolist())), file=out)
        for spike in truth["spikes"]:
            print("spike", minute(spike["start"]), minute(spike["end"]), file=out)
        for start, end in truth["ignore"]:
            print("ignore", minute(start), minute(end), file=out)
        for start, end in truth["gaps"]:
            print("gap", minute(start), minute(end), file=out)

with open(f"{target}/bursts-{seed}.txt", "w") as out:
    streams = {}
    rows, truths = gen.bursts(seed)
    for name, time, *rest in rows:
        streams.setdefault(name, []).append((f"{time:.3f}", *rest))
    for truth in truths:
        numbers, words, before, previous = {}, [], gen.T0 * 1000, None
        for time, consumer, route, wait in streams[truth["stream"]]:
            now = int(time.replace(".", ""))
            who = (numbers.setdefault(consumer, len(numbers)), int(route[2:]), wait)
            words.append(str(now - before) + ("" if who == previous else ":%d:%d:%d" % who))
            before, previous = now, who
        print("stream", truth["stream"], gen.T0 * 1000, (gen.T0 + 7 * 86400) * 1000, file=out)
        print(wrapped(words), file=out)
        for burst in truth["bursts"]:
            start, end = (round((burst[edge] - gen.T0) * 1000) for edge in ("start", "end"))
            verdict = "any" if burst["kind"] == "dense" else "not"
            print("burst", start, end, "honoured" if burst["honoured"] else verdict, file=out)
