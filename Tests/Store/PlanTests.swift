import Questions
import Testing

@testable import Store

/// What the answers' own statements read of a store: nothing is scanned that grows with its age but
/// the runs and the batches, and only events are sorted.
@Suite struct PlanTests {
  private static let range = "(time_ms>? AND time_ms<?)"
  private static let events = [
    "SCAN b", "SEARCH e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
  ]

  @Test(arguments: [
    (Counted.responses(by: .quarter), ["SEARCH quarter USING PRIMARY KEY \(range)"]),
    (Counted.responses(by: .hour), ["SEARCH hour USING PRIMARY KEY \(range)"]),
    (Counted.responses(by: .day), ["SEARCH day USING PRIMARY KEY \(range)"]),
    (
      Counted.responsesOfSort(by: .day, of: .named([1, 2])),
      ["SEARCH day USING PRIMARY KEY (time_ms=? AND vendor=?)"]
    ),
    (Counted.successes(of: .unnamed), ["SEARCH day USING PRIMARY KEY (time_ms=?)"]),
    (Counted.times(by: .hour), ["SEARCH hour USING PRIMARY KEY \(range)"]),
    (Counted.minutes, ["SEARCH minute USING PRIMARY KEY \(range)"]),
    (Counted.successes, ["SEARCH minute USING PRIMARY KEY \(range)"]),
    (
      Counted.minutes(of: .refusals),
      ["SEARCH failure_hour USING PRIMARY KEY (sort=? AND time_ms>? AND time_ms<?)"]
    ),
    (Counted.routes(in: .hour), ["SEARCH route_hour USING PRIMARY KEY \(range)"]),
    (Counted.routes(in: .day), ["SEARCH route_day USING PRIMARY KEY \(range)"]),
    ("\(Counted.error) \(Counted.events)", events),
    (Counted.routedErrors, events),
    (Counted.calls, events + ["USE TEMP B-TREE FOR ORDER BY"]),
    ("\(Counted.callers) \(Counted.eventsAmong)", [events[1]]),
    (Counted.errorsByMinute, ["SEARCH minute USING PRIMARY KEY \(range)"]),
    (Counted.nextTime, ["SEARCH event USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"]),
    (Counted.call, ["SEARCH e USING INTEGER PRIMARY KEY (rowid=?)"]),
    (Run.limitsOfRange, ["SCAN r", "SEARCH l USING INTEGER PRIMARY KEY (rowid=?)"]),
    (IdentifierPages.runs, ["SCAN run"]),
    (Guide.look, ["SEARCH id_mark USING INTEGER PRIMARY KEY (rowid=?)"]),
    (IdentifierPages.look, ["SEARCH identifier USING INTEGER PRIMARY KEY (rowid=?)"]),
    (
      StoreReader.extentQuestion,
      [
        "SCAN CONSTANT ROW", "SCALAR SUBQUERY 1", "SEARCH minute USING PRIMARY KEY",
        "SCALAR SUBQUERY 2", "SEARCH minute USING PRIMARY KEY", "SCALAR SUBQUERY 3",
        "SEARCH batch",
      ]
    ),
  ])
  func `a statement reads what it needs`(sql: String, steps: [String]) throws {
    #expect(try plan(sql) == steps)
  }

  @Test func `an event is read by its number, its source by its batch`() throws {
    let steps = try plan(EventQuery.sql)
    #expect(steps.first == "SEARCH e USING INTEGER PRIMARY KEY (rowid=?)")
    #expect(!steps.contains { $0.hasPrefix("SCAN") })
  }

  private func plan(_ sql: String) throws -> [String] {
    let temporary = try TemporaryStore()
    _ = try StoreLedger(temporary.store)
    var steps: [String] = []
    try StoreReader(temporary.store).rows("EXPLAIN QUERY PLAN " + sql) {
      steps.append($0.text(3) ?? "")
    }
    return steps
  }
}
