"""The logs and stores that are measured, made once and kept outside the repository."""
import hashlib
import json
import subprocess
import sys

from measure import HERE, WORK, fresh, say, timed

GENERATOR = HERE / "make-log.py"
SHAPES = HERE / "shapes.py"


def written(path, command):
    """A file with the output of a generator; written once, as the same command writes the same."""
    if not path.exists() or path.stat().st_mtime < command[1].stat().st_mtime:
        say(f"writing {path}")
        part = path.with_suffix(".part")
        with part.open("wb") as out:
            subprocess.run(command, stdout=out, check=True)
        part.rename(path)
    return path


def log_of(lines, **options):
    """The log of that many lines, 111 111 a day. A shorter one is the beginning of a longer one."""
    name = "-".join(str(word) for word in (lines, *options.values()))
    words = [word for key, value in options.items() for word in (f"--{key}", str(value))]
    return written(WORK / f"log-{name}.ndjson", [sys.executable, GENERATOR, str(lines), *words])


def shaped_log(kind, lines):
    """A log of shapes.py."""
    return written(WORK / f"{kind}-{lines}.log", [sys.executable, SHAPES, kind, str(lines)])


def line_of(size):
    """A log of one line of about that many bytes, between two that are as usual."""
    path = WORK / f"line-{size}.ndjson"
    usual = b'{"timestamp":"2026-01-01T00:00:00Z","status":500,"path":"/v1/chat","body":"no"}\n'
    if not path.exists():
        with path.open("wb") as out:
            out.write(usual + usual[:-4])
            for _ in range(size // 1000):
                out.write(b"x" * 1000)
            out.write(usual[-4:] + usual)
    return path


def in_page_cache(log):
    """The log, read once, so that every rival finds it in memory."""
    with log.open("rb") as file:
        while file.read(1 << 20):
            pass
    return log


def store_of(errata, lines):
    """A store of that many events, and what its import took.

    It is made by importing, and kept for as long as the binary stays the same.
    """
    path, note = WORK / f"store-{lines}.db", WORK / f"store-{lines}.json"
    with errata.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    known = json.loads(note.read_text()) if note.exists() else {}
    if known.get("binary") != digest or not path.exists():
        say(f"importing {lines:,} lines into {path}")
        note.unlink(missing_ok=True)
        fresh(path.name)
        run = timed([errata, "import", "--store", path, log_of(lines), "-q"])
        known = {"binary": digest, "seconds": run.seconds, "memory": run.memory}
        note.write_text(json.dumps(known))
    return path, known


def identifiers_of(log, count):
    """The request ids of so many lines, evenly spread over a log of make-log.py."""
    found = []
    size = log.stat().st_size
    with log.open("rb") as file:
        for number in range(count):
            file.seek(number * size // count)
            if number:
                file.readline()
            found.append(json.loads(file.readline())["request_id"])
    return found
