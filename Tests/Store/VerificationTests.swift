import Batches
import Files
import Foundation
import SQLite
import Testing

@testable import Store

@Suite struct VerificationTests {
  let temporary: TemporaryStore

  /// A log of three batches: events 1 and 2, a reject, event 3, event 4 without a time.
  init() throws {
    temporary = try TemporaryStore()
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    let first = maker.batch([
      Response(time: 60_000, code: "a", identifiers: [1]), Response(time: 960_000, status: 500),
    ])
    let source = try ledger.commit(first, to: newLog())
    let second = maker.batch(at: 200, [Response(time: 70_000), Response(time: 80_000, kind: nil)])
    second.length += 100
    second.tally.lines += 1
    second.tally.rejects += 1
    second.rejects = [Reject(offset: 400, length: 99, reason: "json_syntax", excerpt: "{")]
    _ = try ledger.commit(second, to: .known(source: source))
    _ = try ledger.commit(maker.batch(at: 500, [Response()]), to: .known(source: source))
    ledger.close()
  }

  @Test func `a store as it should be has no problems`() throws {
    let verification = try Verification(temporary.store)
    #expect(verification.problems == [])
    #expect(verification.isSound)
    #expect((verification.sources, verification.lines) == (1, 6))
    #expect(verification.library.hasPrefix("3."))
  }

  @Test(arguments: [
    Tampering(
      "an event deleted", "DELETE FROM event WHERE id = 2",
      "batch 1: 2 events were stored, 1 are there", "the ledger has 4 events, the store 3",
      "1 of the counts of traffic are not those of the events", "1 \(routes)"),
    Tampering(
      "an event doubled",
      """
      CREATE TEMP TABLE copy AS SELECT * FROM event WHERE id = 1; UPDATE copy SET id = 99;
      INSERT INTO event SELECT * FROM copy
      """,
      "the ledger has 4 events, the store 5",
      "1 of the counts of traffic are not those of the events", "1 \(routes)"),
    Tampering(
      "an event moved to another batch", "UPDATE event SET batch = 2 WHERE id = 1",
      "batch 1: 2 events were stored, 1 are there",
      "batch 2: 1 events stand outside its bytes",
      "batch 2: it has events of other times than it says"),
    Tampering(
      "an event moved out of its bytes", "UPDATE event SET \"offset\" = 450 WHERE id = 1",
      "batch 1: 1 events stand outside its bytes", other),
    Tampering(
      "an event moved inside its batch", "UPDATE event SET \"offset\" = 10 WHERE id = 1", other),
    Tampering(
      "two events that changed places",
      "UPDATE event SET id = -1 WHERE id = 1; UPDATE event SET id = 1 WHERE id = 2; "
        + "UPDATE event SET id = 2 WHERE id = -1", other),
    Tampering("an event's part changed", "UPDATE event SET part = 1 WHERE id = 1", other),
    Tampering(
      "an event's time changed a little", "UPDATE event SET time_ms = time_ms + 1 WHERE id = 1",
      other, limits),
    Tampering(
      "an id lost", "UPDATE identifier SET pairs = x''",
      "batch 1: some of its ids are missing or wrong: find may not find them"),
    Tampering(
      "a view changed", "DROP VIEW minutes; CREATE VIEW minutes AS SELECT 1 AS time_ms",
      "the view minutes is missing, or is not what errata made it"),
    Tampering(
      "an event's status changed", "UPDATE event SET status = 500 WHERE id = 1",
      "2 of the counts of traffic are not those of the events", "2 \(routes)", limits),
    Tampering(
      "an event's route changed", "UPDATE event SET route = 7 WHERE id = 1",
      "event.route: 1 row holds what cannot be", "2 \(routes)", limits),
    Tampering(
      "an event's time changed", "UPDATE event SET time_ms = time_ms + 900000 WHERE id = 1",
      other,
      "2 of the counts of traffic are not those of the events", "2 \(routes)", limits),
    Tampering(
      "a batch deleted", "DELETE FROM batch WHERE id = 2",
      "a.log: bytes 200 to 500 are in no batch",
      "the ledger has 3 events, the store 4", "the ledger has 0 rejects, the store 1",
      "the ledger has 3 errors, the traffic counts 4",
      "the ledger has 0 successes, the traffic counts 1",
      "the ledger has 2 dated events, the minutes count 3",
      "batch 2: what is kept of its successes is not what it has",
      "the run of batches 2 to 2 is not that of its batches"),
    Tampering(
      "successes of a batch changed",
      "UPDATE success SET counts = x'0000010003' WHERE batch = 2",
      "batch 2: what is kept of its successes is not what it has"),
    Tampering(
      "a batch longer than it was", "UPDATE batch SET length = 250 WHERE id = 1",
      "a.log: bytes 200 to 250 are in two batches"),
    Tampering(
      "a batch that lost a line's fate", "UPDATE batch SET rejects = 0 WHERE id = 2",
      "batch 2: 3 lines were read, 2 are accounted for"),
    Tampering(
      "a source that ends elsewhere", "UPDATE source SET consumed = 700",
      "a.log: the ledger ends at byte 600, the source at 700",
      "a.log: the proof of its first 700 bytes is missing"),
    Tampering(
      "a source deleted", "DELETE FROM source", "mark.source: 3 rows hold what cannot be",
      "batch.source: 3 rows hold what cannot be",
      "3 batches belong to no source"),
    Tampering(
      "a reject deleted", "DELETE FROM reject", "batch 2: 1 rejects were kept, 0 are there",
      "the ledger has 1 rejects, the store 0"),
    Tampering(
      "traffic lost", "UPDATE quarter SET responses = 0 WHERE kind = 0",
      "the ledger has 1 successes, the traffic counts 0",
      "1 of the counts of minutes are not those of traffic",
      "1 of the counts of traffic by hour are not those by quarter",
      "1 of the counts of traffic by day are not those by quarter"),
    Tampering(
      "an hour lost", "DELETE FROM hour WHERE kind = 0",
      "1 of the counts of traffic by hour are not those by quarter"),
    Tampering(
      "a day moved", "UPDATE day SET time_ms = time_ms + 86400000 WHERE kind = 0",
      "2 of the counts of traffic by day are not those by quarter"),
    Tampering(
      "an error counted as a success",
      "UPDATE quarter SET kind = 0, status = 200 WHERE status = 500",
      "the ledger has 4 errors, the traffic counts 3",
      "the ledger has 1 successes, the traffic counts 2",
      "1 of the counts of minutes are not those of traffic",
      "2 of the counts of traffic by hour are not those by quarter",
      "2 of the counts of traffic by day are not those by quarter",
      "1 of the counts of traffic are not those of the events",
      "1 of the counts of errors by route are not those of traffic"),
    Tampering(
      "minutes lost", "DELETE FROM minute WHERE time_ms = 960000",
      "the ledger has 3 dated events, the minutes count 2",
      "1 of the counts of minutes are not those of traffic", failures),
    Tampering(
      "minutes moved", "UPDATE minute SET time_ms = time_ms + 900000 WHERE time_ms = 960000",
      "2 of the counts of minutes are not those of traffic", failures),
  ])
  func `tampering is found`(tampering: Tampering) throws {
    try temporary.tamper(tampering.sql)
    let problems = try Verification(temporary.store).problems
    #expect(problems == tampering.problems, "\(problems)")
  }

  private static let routes = "of the counts of errors by route are not those of the events"
  private static let limits =
    "batch 1: what is kept of 429s and plan limits is not what the events tell"
  private static let failures =
    "2 of the hours of failures are not those of minutes and traffic"
  private static let other =
    "batch 1: an event's time or place is not the one that was stored"

  @Test(arguments: [
    Tampering(
      "a minute that is none", "UPDATE minute SET time_ms = time_ms + 1 WHERE time_ms = 960000",
      "minute.time_ms: 1 row holds what cannot be"),
    Tampering(
      "a minute beyond all time", "UPDATE minute SET time_ms = \(Int64.max) WHERE time_ms = 960000",
      "minute.time_ms: 1 row holds what cannot be",
      "not all could be checked: time_ms is \(Int64.max)"),
    Tampering(
      "a bit of a proof flipped",
      "UPDATE mark SET digest = CAST(CHAR(1) || SUBSTR(digest, 2) AS BLOB) WHERE \"offset\" = 200",
      "a.log: the proof of its first 200 bytes is not the one that was stored"),
    Tampering(
      "a proof moved", "UPDATE mark SET \"offset\" = 201 WHERE \"offset\" = 200",
      "a.log: the proof of its first 201 bytes is not the one that was stored"),
    Tampering(
      "the last proof lost", "DELETE FROM mark WHERE \"offset\" = 600",
      "a.log: the proof of its first 600 bytes is missing"),
    Tampering(
      "a bit of a source's first line flipped", "UPDATE source SET first_line = x'01'",
      "a.log: what it is known by is not what was stored"),
    Tampering(
      "a source of another head", "UPDATE source SET head_length = 99",
      "a.log: what it is known by is not what was stored"),
    Tampering(
      "a batch of other times", "UPDATE batch SET first_time_ms = 60001 WHERE id = 1",
      "batch 1: it has events of other times than it says"),
    Tampering(
      "a text that is not there", "UPDATE event SET consumer = 9 WHERE id = 1",
      "event.consumer: 1 row holds what cannot be"),
    Tampering(
      "the seed lost", "DELETE FROM setting WHERE name = 'id_seed'",
      "the seed of its ids is missing"),
    Tampering(
      "more events than can be", "UPDATE run SET events = \(Int64.min) WHERE batch = 1",
      "run.events: 1 row holds what cannot be",
      "the run of batches 1 to 1 is not that of its batches",
      "not all could be checked: events is \(Int64.min)"),
    Tampering(
      "more successes than can be", "UPDATE minute SET successes = \(1 << 62)",
      "minute.successes: 2 rows hold what cannot be",
      "not all could be checked: successes is \(1 << 62)"),
    Tampering(
      "quotas of no time and no batch",
      "INSERT INTO quota VALUES(9, 0, 0, 0, '', -1, NULL, 1, NULL)",
      "quota.batch: 1 row holds what cannot be", "quota.time_ms: 1 row holds what cannot be"),
  ])
  func `what cannot be is found`(tampering: Tampering) throws {
    try temporary.tamper(tampering.sql)
    let problems = try Verification(temporary.store).problems
    for problem in tampering.problems { #expect(problems.contains(problem), "\(problems)") }
    _ = try Repair(temporary.store)
  }

  @Test func `damage of the file is found`() throws {
    let file = try #require(FileHandle(forUpdatingAtPath: temporary.path))
    let pages = try temporary.integer("PRAGMA page_count") ?? 0
    for page in 2..<UInt64(pages) {
      try file.seek(toOffset: page * 4096)
      try file.write(contentsOf: Data(repeating: 0xAA, count: 64))
    }
    try file.close()
    var isFound = false
    do {
      isFound = try !Verification(temporary.store).isSound
    } catch is StoreError {
      isFound = true
    }
    #expect(isFound)
  }
}

/// Something done to a store behind errata's back, and what is to be said of it.
struct Tampering: CustomTestStringConvertible {
  var testDescription: String
  var sql: String
  var problems: [String]

  init(_ what: String, _ sql: String, _ problems: String...) {
    testDescription = what
    self.sql = sql
    self.problems = problems
  }
}
