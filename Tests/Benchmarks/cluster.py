#!/usr/bin/env python3
"""Measure a cluster on the current engine: sending a store there, and questions.

usage: cluster.py ERRATA STORE FOLDER [--copies N] [--keep]

The engine runs behind HTTP (Tests/Cluster/Engine) with its data below FOLDER, and is asked by the binary
ERRATA. STORE is sent there; with --copies N the engine then makes itself N - 1 more of what arrived, as if
other stores had sent the same at the same times: under other numbers of stores, batches' deliveries and
events, and with other hashes of ids. Of everything the wall clock, and the CPU of both processes, in
seconds; of questions the least of three. --keep leaves the engine running until Ctrl-C.
"""
import argparse
import os
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DELIVERY = "edge + {n}, batch, cityHash64(load, {n})"
# What is another one's in a copy: all else is as it was.
COPIED = {
    "event": {"id": "id + {n} * 1099511627776"},
    "identifier": {
        "bucket": "toUInt16((bucket + {n} * 17) % 1024)",
        "hashes": "arrayMap(x -> cityHash64(x, {n}), hashes)",
        "events": "arrayMap(x -> x + {n} * 1099511627776, events)",
    },
    "sketch": {"hashes": "arrayMap(x -> bitXor(x, {n}), hashes)"},
    "batch": {"delivered": "delivered"},
}


class Engine:
    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [os.path.join(ROOT, ".venv/bin/python"),
             os.path.join(ROOT, "Tests/Cluster/Engine/serve.py"), str(self.port), folder],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        self.url = f"http://127.0.0.1:{self.port}/?database=errata"
        for _ in range(100):
            try:
                self.ask("SELECT 1", "")
                return
            except urllib.error.URLError:
                time.sleep(0.2)
        sys.exit("the engine does not answer")

    def ask(self, statement, database="&database=errata"):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/?wait_end_of_query=1{database}", statement.encode())
        with urllib.request.urlopen(request) as answer:
            return answer.read().decode()

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def copy(self, n):
        """Another store's, as if it had sent the same."""
        for table in ["event", "identifier", "sketch", "batch"]:
            names = self.ask(
                f"SELECT name FROM system.columns WHERE database = 'errata' AND table = '{table}' "
                "ORDER BY position").split()
            values = COPIED[table]
            columns = [values.get(name, f"`{name}`") for name in names[3:]]
            self.ask(
                f"INSERT INTO {table} SELECT {(', '.join([DELIVERY] + columns)).format(n=n)} "
                f"FROM {table} WHERE edge = 0")
        self.ask(
            "INSERT INTO edge (name, number, id_seed, withdrawn) "
            f"SELECT concat('copy ', toString({n})), {n}, id_seed + {n}, 0 FROM edge WHERE number = 0")

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(engine, command):
    """Wall, the engine's CPU, the command's, and what it said of its costs."""
    start, own, engines = time.monotonic(), children(), engine.cpu()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return time.monotonic() - start, engine.cpu() - engines, children() - own, done.stderr


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("errata")
    parser.add_argument("store")
    parser.add_argument("folder")
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    engine = Engine(options.folder)
    errata = options.errata
    try:
        ready = engine.ask("EXISTS DATABASE errata", "").strip() == "1"
        subprocess.run([errata, "cluster-schema", "--apply", engine.url], check=True)
        if not ready:
            wall, engines, own, said = measured(
                engine, [errata, "push", "--as", "first", "--store", options.store, engine.url])
            events = int(engine.ask("SELECT count() FROM event"))
            print(f"sent {events:,} events in {wall:.1f} s, {events / wall:,.0f} a second; CPU: "
                  f"{own:.1f} s of errata, {engines:.1f} s of the engine", flush=True)
            for n in range(1, options.copies):
                engine.copy(n)
        print(engine.ask(
            "SELECT table, sum(rows) AS rows, formatReadableSize(sum(bytes_on_disk)) FROM system.parts "
            "WHERE active AND database = 'errata' GROUP BY table ORDER BY sum(bytes_on_disk) DESC"),
            flush=True)
        with sqlite3.connect(f"file:{options.store}?mode=ro", uri=True) as store:
            found = store.execute(
                "SELECT request_id FROM event WHERE id > (SELECT MAX(id) / 2 FROM event) "
                "AND request_id IS NOT NULL LIMIT 1").fetchone()[0]
        week = ["report"]
        for words in [week, ["find", found], ["find", found[:12]], ["rates"], ["list"], ["bursts"],
                      ["incidents"]]:
            runs = [measured(engine, [errata, *words, "--store", engine.url, "--explain-cost"])
                    for _ in range(3)]
            wall, engines, own, said = min(runs)
            cost = re.findall(r"cost of all: (.*)", said)
            print(f"{words[0]:10} {wall:6.2f} s; CPU {own:.2f} of errata, {engines:.2f} of the engine; "
                  f"{cost[0] if cost else said[-200:]}", flush=True)
        if options.keep:
            print(engine.url, flush=True)
            signal.pause()
    except KeyboardInterrupt:
        pass
    finally:
        engine.end()


main()
