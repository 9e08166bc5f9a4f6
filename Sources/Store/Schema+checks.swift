extension Schema {
  /// What `check` remembers, so that what goes on is told once. Nothing else depends on it.
  static let checks = """
    -- A rule as some job watches it: windows that end up to `judged_ms` were judged, with the batches
    -- up to `batch`. `checked_ms` is when, by the clock.
    CREATE TABLE checked_rule(
      id INTEGER PRIMARY KEY, job TEXT NOT NULL, rule TEXT NOT NULL, judged_ms INTEGER NOT NULL,
      batch INTEGER NOT NULL, checked_ms INTEGER NOT NULL, UNIQUE(job, rule)) STRICT;

    -- What crossed a rule's threshold, or could not be judged (`is_unknown`). `subject` is a list of
    -- texts in JSON. It began at `since_ms`, was last so at `last_ms`, and last not clearly over at
    -- `near_ms`; `counted` of `requests` was the worst. It was told at `told_ms` and found over at
    -- `over_ms`, null while it goes on.
    CREATE TABLE crossing(
      id INTEGER PRIMARY KEY, rule INTEGER NOT NULL REFERENCES checked_rule,
      subject TEXT NOT NULL, is_unknown INTEGER NOT NULL, since_ms INTEGER NOT NULL,
      last_ms INTEGER NOT NULL, near_ms INTEGER NOT NULL, counted INTEGER NOT NULL,
      requests INTEGER NOT NULL, told_ms INTEGER NOT NULL, over_ms INTEGER) STRICT;
    CREATE INDEX crossing_by_rule ON crossing(rule);
    """
}
