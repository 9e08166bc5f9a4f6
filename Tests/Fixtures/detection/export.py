#!/usr/bin/env python3
"""Writes spikes-SEED.txt and bursts-SEED.txt: generated input and what is true of it.

usage: export.py TOOLS SEED [DIR]

TOOLS is the folder with gen.py and burst_detectors.py, the generator and the reference detector of
bursts; DIR is where to write, by default here. Needs numpy and scipy.
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
import burst_detectors


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
    for name, time, *rest in gen.bursts(seed)[0]:
        streams.setdefault(name, []).append((f"{time:.3f}", *rest))
    for name, events in streams.items():
        times = np.array([float(event[0]) for event in events])
        consumers = [event[1] for event in events]
        waits = [event[3] for event in events]
        numbers, words, before, previous = {}, [], gen.T0 * 1000, None
        for time, consumer, route, wait in events:
            now = int(time.replace(".", ""))
            who = (numbers.setdefault(consumer, len(numbers)), int(route[2:]), wait)
            words.append(str(now - before) + ("" if who == previous else ":%d:%d:%d" % who))
            before, previous = now, who
        print("stream", name, gen.T0 * 1000, (gen.T0 + 7 * 86400) * 1000, file=out)
        print(wrapped(words), file=out)
        for first, last in burst_detectors.recommended(times, gen.T0, gen.T0 + 7 * 86400):
            honoured = burst_detectors.honoured(times, consumers, waits, first, last)
            verdict = {None: "unknown", True: "honoured", False: "not"}[honoured]
            print("found", first, last, verdict, file=out)
