extension Schema {
  /// Format 2: rejects can be read again and events pruned, and the ledger proves all the same;
  /// logs are known by their lines and places; traffic is counted by hour and day as well.
  static let second = """
    -- With an `original`, a batch covers the same bytes as that one: it holds what became of lines
    -- that were rejects there, and were moved here when they were read again. `pruned` of its events
    -- are gone, with their ids. `identifiers` is how many pairs of ids there are. `digest` is a sum
    -- over the events that are there: of the number, time and place of each. The last two are null
    -- in batches of format 1.
    \(Views.names.map { "DROP VIEW IF EXISTS \($0);" }.joined(separator: "\n"))
    CREATE TABLE batch_2(
      id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source,
      "offset" INTEGER NOT NULL, length INTEGER NOT NULL, lines INTEGER NOT NULL,
      events INTEGER NOT NULL, successes INTEGER NOT NULL, skipped INTEGER NOT NULL,
      rejects INTEGER NOT NULL, blank INTEGER NOT NULL, undated INTEGER NOT NULL,
      rejects_kept INTEGER NOT NULL, first_event INTEGER NOT NULL,
      first_time_ms INTEGER, last_time_ms INTEGER, committed_ms INTEGER NOT NULL,
      original INTEGER REFERENCES batch, pruned INTEGER NOT NULL, identifiers INTEGER,
      digest INTEGER) STRICT;
    INSERT INTO batch_2 SELECT *, NULL, 0, NULL, NULL FROM batch;
    DROP TABLE batch;
    ALTER TABLE batch_2 RENAME TO batch;
    CREATE UNIQUE INDEX batch_by_range ON batch(source, "offset") WHERE original IS NULL;
    CREATE INDEX batch_by_original ON batch(original) WHERE original IS NOT NULL;
    \(Views.stored)

    -- The rejects of a batch that are not kept one by one: lines that follow one another, from the
    -- first one's start to the last one's end.
    CREATE TABLE reject_run(
      batch INTEGER NOT NULL REFERENCES batch, "offset" INTEGER NOT NULL, length INTEGER NOT NULL,
      lines INTEGER NOT NULL, PRIMARY KEY(batch, "offset")) STRICT, WITHOUT ROWID;
    CREATE INDEX reject_by_batch ON reject(batch);

    -- What was pruned, when, and what it took from the counts.
    CREATE TABLE pruning(
      id INTEGER PRIMARY KEY, before_ms INTEGER NOT NULL, done_ms INTEGER NOT NULL,
      events INTEGER NOT NULL, rejects INTEGER NOT NULL, counts INTEGER NOT NULL,
      counted_errors INTEGER NOT NULL, counted_successes INTEGER NOT NULL) STRICT;

    -- A source is known by its first line as well. `place` is the absolute path of the file seen
    -- last, null when it is gone.
    ALTER TABLE source ADD COLUMN first_line BLOB;
    ALTER TABLE source ADD COLUMN place TEXT;
    ALTER TABLE source ADD COLUMN device INTEGER;
    ALTER TABLE source ADD COLUMN inode INTEGER;
    ALTER TABLE source ADD COLUMN size INTEGER;
    CREATE INDEX source_by_first_line ON source(first_line);
    CREATE INDEX source_by_place ON source(place);

    -- Of every line since the mark before 32 bits, big-endian, of the lines up to its own.
    ALTER TABLE mark ADD COLUMN lines BLOB;

    -- What may have followed in a log after "offset", and was nowhere to be found. `size` is the
    -- file's when it was seen last.
    CREATE TABLE gap(
      source INTEGER PRIMARY KEY REFERENCES source, place TEXT NOT NULL, "offset" INTEGER NOT NULL,
      size INTEGER, noticed_ms INTEGER NOT NULL) STRICT;

    -- Quarters of an hour, summed up.
    \(Grain.allCases.dropFirst().map {
      """
      CREATE TABLE \($0.table)(
        time_ms INTEGER NOT NULL, vendor INTEGER NOT NULL, status INTEGER NOT NULL,
        code INTEGER NOT NULL, kind INTEGER NOT NULL, responses INTEGER NOT NULL,
        PRIMARY KEY(time_ms, vendor, status, code, kind)) STRICT, WITHOUT ROWID;
      \($0.sum(where: "true"));
      """
    }.joined(separator: "\n"))

    -- Grows whenever texts are taken away: who remembers their numbers must forget them.
    INSERT INTO setting VALUES('words', 0);
    """
}
