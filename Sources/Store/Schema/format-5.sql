-- Format 5: of runs that are many it is known which can have an id.

-- Runs that follow one another and are merged no more: `runs` of them, from `run` to `last_run`. What is
-- known of their ids is kept on 2 to the power of `id_bits` pages, `mark_bits` bits of each hash.
CREATE TABLE id_guide(
  run INTEGER PRIMARY KEY REFERENCES run, last_run INTEGER NOT NULL REFERENCES run,
  runs INTEGER NOT NULL, id_bits INTEGER NOT NULL, mark_bits INTEGER NOT NULL) STRICT;

-- The marks of each run's ids, packed as `GuidePage` says. A page has the hashes that begin with the
-- last `id_bits` bits of its id; the bits of its id above 20 are the guide's first run. Without this
-- table every run is looked at.
CREATE TABLE id_mark(id INTEGER PRIMARY KEY, marks BLOB NOT NULL) STRICT;
