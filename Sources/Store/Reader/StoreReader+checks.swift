internal import Files
internal import SQLite
package import Questions

extension StoreReader {
  /// What a job remembers of a rule; nil where it never watched it.
  package func checkedRule(_ rule: String, job: String) throws -> CheckedRule? {
    // Whatever stands there, checks go their way: what no time can be is the first one or the last.
    func time(_ row: Row, _ column: Int) -> Int64 { row.integer(column, clampedTo: .time) }
    var found: (id: Int64, rule: CheckedRule)?
    try rows(
      "SELECT id, judged_ms, batch FROM checked_rule WHERE job = :job AND rule = :rule",
      ["job": .text(job), "rule": .text(rule)]
    ) { row in
      found = (
        row.integer(0, clampedTo: .number),
        CheckedRule(
          rule: rule, judged: time(row, 1), batch: row.integer(2, clampedTo: .number))
      )
    }
    guard var found else { return nil }
    try rows(
      """
      SELECT subject, is_unknown, since_ms, last_ms, near_ms, counted, requests, told_ms, over_ms
        FROM crossing WHERE rule = :rule ORDER BY since_ms, id
      """, ["rule": .integer(found.id)]
    ) { row in
      found.rule.crossings.append(
        CheckedRule.Crossing(
          subject: row.text(0) ?? "", isUnknown: row.integer(1, clampedTo: .amount) != 0,
          since: time(row, 2),
          last: time(row, 3), near: time(row, 4),
          counted: row.integer(5, clampedTo: .amount),
          requests: row.integer(6, clampedTo: .amount), told: time(row, 7),
          over: row.isNull(8) ? nil : time(row, 8)))
    }
    return found.rule
  }

  /// The number of the newest batch; 0 where there is none.
  package func newestBatch() throws -> Int64 {
    var newest: Int64 = 0
    try rows("SELECT MAX(id) FROM batch") { newest = try $0.integer(0, .number) }
    return newest
  }

  /// The earliest time of what was stored after a batch; nil where nothing with a time was.
  package func earliestTime(after batch: Int64) throws -> Int64? {
    var earliest: Int64?
    func consider(_ time: Int64?) {
      if let time { earliest = min(earliest ?? time, time) }
    }
    try rows(
      "SELECT MIN(first_time_ms) FROM batch WHERE id > :batch", ["batch": .integer(batch)]
    ) { consider(try $0.optional(0, .time)) }
    try reading {
      let successes = try connection.prepare("SELECT counts FROM success WHERE batch > ?")
      successes.bind(batch, at: 1)
      while try successes.step() {
        guard let counts = Successes(successes.blob(0)) else { throw damage(of: "successes") }
        consider(counts.start)
      }
    }
    return earliest
  }
}
