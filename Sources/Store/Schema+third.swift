internal import SQLite

extension Schema {
  /// Format 3: what a batch has of ids and limits is kept with that of its neighbours.
  static let third = """
    -- Batches that follow one another, from `batch` to `last_batch`, whose ids and limits are kept
    -- together: a batch with events begins a run, and small runs are merged as they become many.
    -- Their events have the numbers from first_event on. There are 2 to the power of `id_bits` pages
    -- of ids. `first_ms` and `last_ms` are the times of the first and last limit; null where there is
    -- none.
    CREATE TABLE run(
      batch INTEGER PRIMARY KEY REFERENCES batch, last_batch INTEGER NOT NULL REFERENCES batch,
      first_event INTEGER NOT NULL, events INTEGER NOT NULL, id_bits INTEGER NOT NULL,
      first_ms INTEGER, last_ms INTEGER) STRICT;
    INSERT INTO run SELECT id, id, first_event, events, 0, NULL, NULL FROM batch WHERE events > 0;

    -- Every id of every event, as 12-byte pairs (hash, 64 bits; place in the run, 32; both
    -- big-endian), sorted. A page has the hashes that begin with the last `id_bits` bits of its id;
    -- the bits of its id above 20 are the run's first batch. Without this table a scan of
    -- event.request_id finds the main ids.
    ALTER TABLE identifier RENAME TO identifier_2;
    CREATE TABLE identifier(id INTEGER PRIMARY KEY, pairs BLOB NOT NULL) STRICT;

    -- A run's limits, copied out of its events: those with a time and with status 429 or of kind
    -- plan_limit, in order of time. Each is a row of numbers of 7 bits a byte, the low ones first,
    -- the highest bit set where more follow: milliseconds since the one before (the first since
    -- first_ms), flags (1: status 429, 2: plan_limit, 4: retry_after_ms is known), vendor, consumer;
    -- with flag 1 route, with flag 2 code and details, with flag 4 retry_after_ms. 0 stands for no
    -- text. The events themselves tell the same.
    CREATE TABLE limited(
      run INTEGER PRIMARY KEY REFERENCES run, limits BLOB NOT NULL) STRICT;
    DROP INDEX event_429_by_time;

    -- The server errors of `minute`: 60 numbers, written as those of limits are, for each hour of a
    -- vendor that had some.
    CREATE TABLE \(ServerErrorHours.table)(
      time_ms INTEGER NOT NULL, vendor INTEGER NOT NULL, minutes BLOB NOT NULL,
      PRIMARY KEY(time_ms, vendor)) STRICT, WITHOUT ROWID;
    """
}
