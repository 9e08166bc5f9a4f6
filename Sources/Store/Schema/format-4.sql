-- Format 4: what is to be told elsewhere.

-- What a job of `errata check` found and a place outside was not told yet. `key` names it towards that
-- place, `body` is what is sent. It was found at `made_ms`, and is not tried before `after_ms`.
-- `is_begun`: it is being sent, or whoever sent it ended meanwhile.
CREATE TABLE delivery(
  id INTEGER PRIMARY KEY, job TEXT NOT NULL, place TEXT NOT NULL, key TEXT NOT NULL,
  made_ms INTEGER NOT NULL, after_ms INTEGER NOT NULL, is_begun INTEGER NOT NULL,
  body BLOB NOT NULL) STRICT;
