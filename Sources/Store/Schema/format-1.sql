-- A store, format 1: everything that errata keeps, in one SQLite file.
--
-- Who asks in SQL asks the views at the end; they stay as they are from one version of errata to the
-- next. Texts that repeat stand once, in tables of their own, and are told by the numbers of their
-- rows. Times are milliseconds since the epoch, UTC.
--
-- Foreign keys say what refers to what. They are not enforced: 0 or NULL stands for "none".

-- What the store remembers about itself:
--   id_seed        what the hashes of ids begin with
--   redaction_key  the key of the tags that stand for secrets
--   schema         the digest of this text
--   words          grows whenever texts are taken away: who remembers their numbers must forget them
--   unredacted     is there when an import has kept secrets as they were
CREATE TABLE setting(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('words', 0);

-- Texts that repeat. One may stand twice: an importer remembers the latest only.
CREATE TABLE vendor(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE gateway(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE code(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE method(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE route(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE consumer(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE message(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE details(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;

-- The sixteen kinds of errors, and who can have answered: their numbers never change.
CREATE TABLE kind(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
INSERT INTO kind VALUES
  (1, 'auth'), (2, 'permission'), (3, 'not_found'), (4, 'conflict'), (5, 'validation'),
  (6, 'malformed'), (7, 'rate_limit'), (8, 'plan_limit'), (9, 'payment'), (10, 'upstream'),
  (11, 'timeout'), (12, 'unavailable'), (13, 'server'), (14, 'cancelled'), (15, 'policy'),
  (16, 'unknown');
CREATE TABLE answerer(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
INSERT INTO answerer VALUES(0, 'unknown'), (1, 'vendor'), (2, 'gateway');

-- Vendors of which nothing was left once: who asks for one has not misspelt it.
CREATE TABLE former_vendor(text TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;


-- THE LEDGER: which bytes of which log are stored, so that none is lost and none stored twice.

-- One log's content, however often its file is renamed, compressed or copied. It is known by the
-- digest of its first head_length bytes, and by that of its first line. With a parent, it shares its
-- first `fork` bytes with that one; `consumed` of its bytes are stored. `place`, `device`, `inode`
-- and `size` are of the file seen last: the place is its absolute path, null when it is gone. `sum`
-- proves the head, the first line and where it branched off.
CREATE TABLE source(
  id INTEGER PRIMARY KEY, path TEXT NOT NULL, head_length INTEGER NOT NULL,
  head_digest BLOB NOT NULL, first_line BLOB, parent INTEGER REFERENCES source,
  fork INTEGER NOT NULL, consumed INTEGER NOT NULL, place TEXT, device INTEGER, inode INTEGER,
  size INTEGER, sum INTEGER NOT NULL) STRICT;
CREATE INDEX source_by_head ON source(head_length, head_digest);
CREATE INDEX source_by_first_line ON source(first_line);
CREATE INDEX source_by_place ON source(place);

-- Proof of a source's content: the digest of everything before a line start. `lines` has, of every
-- line since the mark before, 32 bits, big-endian, of the lines up to its own. `sum` proves the row.
CREATE TABLE mark(
  source INTEGER NOT NULL REFERENCES source, "offset" INTEGER NOT NULL, digest BLOB NOT NULL,
  lines BLOB NOT NULL, sum INTEGER NOT NULL,
  PRIMARY KEY(source, "offset")) STRICT, WITHOUT ROWID;

-- Lines that name the columns of the lines after them, up to the next, where their source was read
-- from there on.
CREATE TABLE header(
  source INTEGER NOT NULL REFERENCES source, "offset" INTEGER NOT NULL, text BLOB NOT NULL,
  PRIMARY KEY(source, "offset")) STRICT, WITHOUT ROWID;

-- Which bytes were stored in one transaction, and what became of their lines. Its events have the
-- numbers from first_event on; `pruned` of them are gone, with their ids. `rejects_kept` of its
-- rejects stand in `reject`. `identifiers` is how many pairs of ids there are. `digest` is a sum over
-- the events that are there: of the number, time and place of each. With an `original`, a batch
-- covers the same bytes as that one: it holds what became of lines that were rejects there, and were
-- moved here when they were read again.
CREATE TABLE batch(
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source, "offset" INTEGER NOT NULL,
  length INTEGER NOT NULL, lines INTEGER NOT NULL, events INTEGER NOT NULL,
  successes INTEGER NOT NULL, skipped INTEGER NOT NULL, rejects INTEGER NOT NULL,
  blank INTEGER NOT NULL, undated INTEGER NOT NULL, rejects_kept INTEGER NOT NULL,
  first_event INTEGER NOT NULL, first_time_ms INTEGER, last_time_ms INTEGER,
  committed_ms INTEGER NOT NULL, original INTEGER REFERENCES batch, pruned INTEGER NOT NULL,
  identifiers INTEGER NOT NULL, digest INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX batch_by_range ON batch(source, "offset") WHERE original IS NULL;
CREATE INDEX batch_by_original ON batch(original) WHERE original IS NOT NULL;

-- Lines that could not be read: a thousand of each source, and where the others stand: runs of
-- lines that follow one another, from the first one's start to the last one's end.
CREATE TABLE reject(
  id INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch, "offset" INTEGER NOT NULL,
  length INTEGER NOT NULL, reason TEXT NOT NULL, excerpt TEXT NOT NULL) STRICT;
CREATE INDEX reject_by_batch ON reject(batch);
CREATE TABLE reject_run(
  batch INTEGER NOT NULL REFERENCES batch, "offset" INTEGER NOT NULL, length INTEGER NOT NULL,
  lines INTEGER NOT NULL, PRIMARY KEY(batch, "offset")) STRICT, WITHOUT ROWID;

-- What may have followed in a log after "offset", and was nowhere to be found. `size` is the file's
-- when it was seen last.
CREATE TABLE gap(
  source INTEGER PRIMARY KEY REFERENCES source, place TEXT NOT NULL, "offset" INTEGER NOT NULL,
  size INTEGER, noticed_ms INTEGER NOT NULL) STRICT;

-- What was pruned, when, and what it took from the counts; and the vendors it was about: none where
-- it was about all.
CREATE TABLE pruning(
  id INTEGER PRIMARY KEY, before_ms INTEGER NOT NULL, done_ms INTEGER NOT NULL,
  events INTEGER NOT NULL, rejects INTEGER NOT NULL, counts INTEGER NOT NULL,
  counted_errors INTEGER NOT NULL, counted_successes INTEGER NOT NULL) STRICT;
CREATE TABLE pruned_vendor(
  pruning INTEGER NOT NULL REFERENCES pruning, vendor TEXT NOT NULL,
  PRIMARY KEY(pruning, vendor)) STRICT, WITHOUT ROWID;


-- WHAT IS STORED of responses: each error, and how many successes.

-- The errors. `gateway` is whose way of writing lines the line was read by. An empty path is the
-- route word for word.
CREATE TABLE event(
  id INTEGER PRIMARY KEY, time_ms INTEGER, vendor INTEGER REFERENCES vendor,
  gateway INTEGER REFERENCES gateway, status INTEGER, code INTEGER REFERENCES code,
  kind INTEGER NOT NULL REFERENCES kind, message INTEGER REFERENCES message, request_id TEXT,
  method INTEGER REFERENCES method, route INTEGER REFERENCES route, path TEXT,
  consumer INTEGER REFERENCES consumer, latency_us INTEGER, retry_after_ms INTEGER,
  upstream_status INTEGER, answered_by INTEGER NOT NULL REFERENCES answerer,
  details INTEGER REFERENCES details, batch INTEGER NOT NULL REFERENCES batch,
  "offset" INTEGER NOT NULL, length INTEGER NOT NULL, part INTEGER NOT NULL) STRICT;

-- The successes of a batch, packed as `Successes` says: nothing else of them is kept. A batch without
-- any has no row.
CREATE TABLE success(batch INTEGER PRIMARY KEY REFERENCES batch, counts BLOB NOT NULL) STRICT;

-- What headers said of quotas that last for hours or longer, by batch: of each hour the last word.
-- `consumer` is 0 where it is not known, `name` empty where the headers have none. `reset_ms` is
-- when the quota begins anew.
CREATE TABLE quota(
  batch INTEGER NOT NULL REFERENCES batch, vendor INTEGER NOT NULL, gateway INTEGER NOT NULL,
  consumer INTEGER NOT NULL, name TEXT NOT NULL, time_ms INTEGER NOT NULL, "limit" INTEGER,
  remaining INTEGER NOT NULL, reset_ms INTEGER,
  PRIMARY KEY(batch, vendor, gateway, consumer, name, time_ms)) STRICT, WITHOUT ROWID;


-- WHAT IS DERIVED from that, as batches come, so that no answer reads all events. 0 stands for no
-- vendor, gateway, status or code.

-- Responses by the UTC minute.
CREATE TABLE minute(
  time_ms INTEGER NOT NULL, vendor INTEGER NOT NULL, gateway INTEGER NOT NULL,
  successes INTEGER NOT NULL, errors INTEGER NOT NULL, rate_limited INTEGER NOT NULL,
  plan_limited INTEGER NOT NULL, server_errors INTEGER NOT NULL,
  PRIMARY KEY(time_ms, vendor, gateway)) STRICT, WITHOUT ROWID;

-- Responses by what was answered: by the quarter of an hour, the finest stretch that all time zones
-- share, by the hour, by the day, and those without a time. Kind 0 stands for a success.
CREATE TABLE quarter(
  time_ms INTEGER NOT NULL, vendor INTEGER NOT NULL, gateway INTEGER NOT NULL,
  status INTEGER NOT NULL, code INTEGER NOT NULL, kind INTEGER NOT NULL, responses INTEGER NOT NULL,
  PRIMARY KEY(time_ms, vendor, gateway, status, code, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE hour(
  time_ms INTEGER NOT NULL, vendor INTEGER NOT NULL, gateway INTEGER NOT NULL,
  status INTEGER NOT NULL, code INTEGER NOT NULL, kind INTEGER NOT NULL, responses INTEGER NOT NULL,
  PRIMARY KEY(time_ms, vendor, gateway, status, code, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE day(
  time_ms INTEGER NOT NULL, vendor INTEGER NOT NULL, gateway INTEGER NOT NULL,
  status INTEGER NOT NULL, code INTEGER NOT NULL, kind INTEGER NOT NULL, responses INTEGER NOT NULL,
  PRIMARY KEY(time_ms, vendor, gateway, status, code, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE undated(
  vendor INTEGER NOT NULL, gateway INTEGER NOT NULL, status INTEGER NOT NULL,
  code INTEGER NOT NULL, kind INTEGER NOT NULL, responses INTEGER NOT NULL,
  PRIMARY KEY(vendor, gateway, status, code, kind)) STRICT, WITHOUT ROWID;

-- The responses of each minute of an hour, packed as `HourOfMinutes` says, by sort: 0 all responses,
-- 1 status 500 and above, 2 no response, 3 status 429, 4 status 401 or 403 (but of plan limits), 5 all
-- other errors, 6 what the client itself gave up.
CREATE TABLE failure_hour(
  time_ms INTEGER NOT NULL, vendor INTEGER NOT NULL, gateway INTEGER NOT NULL,
  sort INTEGER NOT NULL, minutes BLOB NOT NULL,
  PRIMARY KEY(sort, time_ms, vendor, gateway)) STRICT, WITHOUT ROWID;

-- The errors that have a time, by route, kind, who answered and status: a row for each hour or day,
-- vendor, gateway and page of 256 routes, by their numbers. How a row is packed `RoutePage` says. An
-- hour tells its quarters apart.
CREATE TABLE route_hour(
  time_ms INTEGER NOT NULL, vendor INTEGER NOT NULL, gateway INTEGER NOT NULL,
  page INTEGER NOT NULL, errors BLOB NOT NULL,
  PRIMARY KEY(time_ms, vendor, gateway, page)) STRICT, WITHOUT ROWID;
CREATE TABLE route_day(
  time_ms INTEGER NOT NULL, vendor INTEGER NOT NULL, gateway INTEGER NOT NULL,
  page INTEGER NOT NULL, errors BLOB NOT NULL,
  PRIMARY KEY(time_ms, vendor, gateway, page)) STRICT, WITHOUT ROWID;

-- Batches that follow one another, from `batch` to `last_batch`, whose ids and limits are kept
-- together: a batch with events begins a run, and small runs are merged as they become many. Their
-- events have the numbers from first_event on. There are 2 to the power of `id_bits` pages of ids.
-- `first_ms` and `last_ms` are the times of the first and last limit; null where there is none.
CREATE TABLE run(
  batch INTEGER PRIMARY KEY REFERENCES batch, last_batch INTEGER NOT NULL REFERENCES batch,
  first_event INTEGER NOT NULL, events INTEGER NOT NULL, id_bits INTEGER NOT NULL,
  first_ms INTEGER, last_ms INTEGER) STRICT;

-- Every id of every event, as 12-byte pairs (hash, 64 bits; place in the run, 32; both big-endian),
-- sorted. A page has the hashes that begin with the last `id_bits` bits of its id; the bits of its id
-- above 20 are the run's first batch. Without this table a scan of event.request_id finds the main
-- ids.
CREATE TABLE identifier(id INTEGER PRIMARY KEY, pairs BLOB NOT NULL) STRICT;

-- How the main ids begin and end: of the first and of the last eight characters of each a hash and the
-- event's place in the run, packed into 4 bytes and sorted as `EdgePages` says. The bits of a page's id
-- above 20 are the run's first batch.
CREATE TABLE id_edge(id INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT;

-- A run's limits, copied out of its events: those with a time and with status 429 or of kind
-- plan_limit, in order of time, packed as `PackedLimits` says.
CREATE TABLE limited(run INTEGER PRIMARY KEY REFERENCES run, limits BLOB NOT NULL) STRICT;

-- The smallest hashes of the ids that each gateway logged on a day, as `IdentifierSketch` packs them:
-- from them it is estimated which gateways logged the same requests.
CREATE TABLE id_sketch(
  time_ms INTEGER NOT NULL, gateway INTEGER NOT NULL, hashes BLOB NOT NULL,
  PRIMARY KEY(time_ms, gateway)) STRICT, WITHOUT ROWID;


-- WHAT `errata check` REMEMBERS, so that what goes on is told once. Nothing else depends on it.

-- A rule as some job watches it: windows that end up to `judged_ms` were judged, with the batches up
-- to `batch`. `checked_ms` is when, by the clock.
CREATE TABLE checked_rule(
  id INTEGER PRIMARY KEY, job TEXT NOT NULL, rule TEXT NOT NULL, judged_ms INTEGER NOT NULL,
  batch INTEGER NOT NULL, checked_ms INTEGER NOT NULL, UNIQUE(job, rule)) STRICT;

-- What crossed a rule's threshold, or could not be judged (`is_unknown`). `subject` is a list of
-- texts in JSON. It began at `since_ms`, was last so at `last_ms`, and last not clearly over at
-- `near_ms`; `counted` of `requests` was the worst. It was told at `told_ms` and found over at
-- `over_ms`, null while it goes on.
CREATE TABLE crossing(
  id INTEGER PRIMARY KEY, rule INTEGER NOT NULL REFERENCES checked_rule, subject TEXT NOT NULL,
  is_unknown INTEGER NOT NULL, since_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL,
  near_ms INTEGER NOT NULL, counted INTEGER NOT NULL, requests INTEGER NOT NULL,
  told_ms INTEGER NOT NULL, over_ms INTEGER) STRICT;
CREATE INDEX crossing_by_rule ON crossing(rule);


-- THE VIEWS: what the store says to whoever asks.

-- Which events were stored together: those of a time stand in few batches, side by side.
CREATE VIEW batches AS
  SELECT first_event AS first_id, first_event + events AS end_id, first_time_ms, last_time_ms
  FROM batch WHERE events > pruned;

-- The errors, with their texts.
CREATE VIEW events AS
  SELECT e.id AS id, e.time_ms AS time_ms,
    (SELECT text FROM vendor WHERE id = e.vendor) AS vendor, e.status AS status,
    (SELECT text FROM code WHERE id = e.code) AS code,
    (SELECT text FROM kind WHERE id = e.kind) AS kind,
    (SELECT text FROM message WHERE id = e.message) AS message, e.request_id AS request_id,
    (SELECT text FROM method WHERE id = e.method) AS method,
    (SELECT text FROM route WHERE id = e.route) AS route,
    CASE WHEN e.path = '' THEN (SELECT text FROM route WHERE id = e.route) ELSE e.path END AS path,
    (SELECT text FROM consumer WHERE id = e.consumer) AS consumer,
    e.latency_us / 1000.0 AS latency_ms, e.retry_after_ms AS retry_after_ms,
    e.upstream_status AS upstream_status,
    (SELECT text FROM answerer WHERE id = e.answered_by) AS answered_by,
    (SELECT text FROM details WHERE id = e.details) AS details,
    (SELECT s.path FROM batch b JOIN source s ON s.id = b.source WHERE b.id = e.batch) AS source,
    e."offset" AS "offset", e.length AS length, e.part AS part,
    (SELECT text FROM gateway WHERE id = e.gateway) AS gateway,
    strftime('%Y-%m-%dT%H:%M:%fZ', e.time_ms / 1000.0, 'unixepoch') AS time
  FROM event e;

-- Responses by the UTC minute, vendor and gateway.
CREATE VIEW minutes AS
  SELECT m.time_ms AS time_ms, (SELECT text FROM vendor WHERE id = m.vendor) AS vendor,
    m.successes AS successes, m.errors AS errors, m.rate_limited AS rate_limited,
    m.plan_limited AS plan_limited, m.server_errors AS server_errors,
    (SELECT text FROM gateway WHERE id = m.gateway) AS gateway
  FROM minute m;

-- Responses by the quarter of an hour and what was answered. Successes have the kind `success` and
-- no code; what has no time is there as well.
CREATE VIEW traffic AS
  SELECT q.time_ms AS time_ms, (SELECT text FROM vendor WHERE id = q.vendor) AS vendor,
    NULLIF(q.status, 0) AS status, (SELECT text FROM code WHERE id = q.code) AS code,
    CASE WHEN q.kind = 0 THEN 'success' ELSE (SELECT text FROM kind WHERE id = q.kind) END AS kind,
    q.responses AS responses, (SELECT text FROM gateway WHERE id = q.gateway) AS gateway
  FROM quarter q
  UNION ALL
  SELECT NULL AS time_ms, (SELECT text FROM vendor WHERE id = q.vendor) AS vendor,
    NULLIF(q.status, 0) AS status, (SELECT text FROM code WHERE id = q.code) AS code,
    CASE WHEN q.kind = 0 THEN 'success' ELSE (SELECT text FROM kind WHERE id = q.kind) END AS kind,
    q.responses AS responses, (SELECT text FROM gateway WHERE id = q.gateway) AS gateway
  FROM undated q;
