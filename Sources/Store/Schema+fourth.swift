extension Schema {
  /// Format 4: what a batch counted can be taken out of the counts again.
  static let fourth = """
    -- The successes of a batch as they were counted, packed by `Successes`: nothing else of them is
    -- kept. A batch with successes and without a row here was imported before format 4.
    CREATE TABLE success(batch INTEGER PRIMARY KEY REFERENCES batch, counts BLOB NOT NULL) STRICT;
    """
}
