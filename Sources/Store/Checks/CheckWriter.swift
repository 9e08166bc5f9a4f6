package import Questions
internal import SQLite

/// What writes down what a job remembers of its rules.
package final class CheckWriter {
  package let store: Store
  let writer: StoreWriter
  let job: String

  /// Rules that nobody checked for so long are forgotten: 90 days.
  private static let memory: Int64 = 90 * 24 * 3_600_000

  /// `onWait` is called when another writer takes long.
  ///
  /// - Parameter isMade: whether a store that is not there is made: it is not where it has what is
  ///   checked.
  package init(
    _ store: Store, job: String, isMade: Bool = false, onWait: @escaping () -> Void = {}
  ) throws {
    (self.store, self.job) = (store, job)
    if isMade { try store.makeFolder() } else { _ = try store.openForReading() }
    writer = try StoreWriter(store, for: .remembering, onWait: onWait)
  }

  /// Writes it in place of what was remembered of these rules, in one transaction.
  ///
  /// - Parameters:
  ///   - deliveries: what of it is to be told elsewhere.
  ///   - now: by the clock, in milliseconds since the epoch.
  package func write(
    _ rules: [CheckedRule], telling deliveries: [Delivery] = [], now: Int64
  ) throws {
    try writer.write {
      for rule in rules { try write(rule, now: now) }
      try add(deliveries)
      try forgetDeliveries(before: now - CheckWriter.memory)
      // A clock that was wrong may have told of any time.
      let old = "checked_ms < ?1 - \(CheckWriter.memory) OR checked_ms > ?1 + \(CheckWriter.memory)"
      try writer.connection.prepare(
        "DELETE FROM crossing WHERE rule IN (SELECT id FROM checked_rule WHERE \(old))"
      ).run(binding: [now])
      try writer.connection.prepare("DELETE FROM checked_rule WHERE \(old)").run(binding: [now])
    }
    writer.rest()
  }

  /// What crossed before a time and not since goes, as the events do: it can name who sent them.
  /// Where vendors are named, it goes if it is of one of them.
  static func forget(before time: Int64, of vendors: [String], on connection: Connection) throws {
    try connection.prepare("DELETE FROM delivery WHERE made_ms < ?").run(binding: [time])
    if vendors.isEmpty {
      try connection.prepare("DELETE FROM crossing WHERE near_ms < ?").run(binding: [time])
      try connection.prepare("DELETE FROM delivery WHERE made_ms < ?").run(binding: [time])
    }
    for vendor in vendors {
      let forget = try connection.prepare(
        """
        DELETE FROM crossing WHERE near_ms < ?1 AND CASE WHEN json_valid(subject)
          THEN EXISTS (SELECT 1 FROM json_each(subject) WHERE value = ?2) ELSE false END
        """)
      forget.bind(time, at: 1)
      forget.bind(vendor, at: 2)
      try forget.run()
    }
  }

  private func write(_ rule: CheckedRule, now: Int64) throws {
    let connection = writer.connection
    let insert = try connection.prepare(
      """
      INSERT INTO checked_rule(job, rule, judged_ms, batch, checked_ms) VALUES(?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET judged_ms = excluded.judged_ms, batch = excluded.batch,
        checked_ms = excluded.checked_ms
      """)
    insert.bind(job, at: 1)
    insert.bind(rule.rule, at: 2)
    for (place, value) in [rule.judged, rule.batch, now].enumerated() {
      insert.bind(value, at: place + 3)
    }
    try insert.run()
    let look = try connection.prepare("SELECT id FROM checked_rule WHERE job = ? AND rule = ?")
    look.bind(job, at: 1)
    look.bind(rule.rule, at: 2)
    guard try look.step() else { return }
    let id = look.integer(0)
    look.reset()
    try write(rule.crossings, of: id)
  }

  /// Writes what has changed: there may be thousands that go on.
  private func write(_ crossings: [CheckedRule.Crossing], of rule: Int64) throws {
    let connection = writer.connection
    var wanted = Set(crossings)
    let look = try connection.prepare(
      """
      SELECT id, subject, is_unknown, since_ms, last_ms, near_ms, counted, requests, told_ms,
        over_ms FROM crossing WHERE rule = ?
      """)
    look.bind(rule, at: 1)
    var old: [Int64] = []
    while try look.step() {
      let known = CheckedRule.Crossing(
        subject: look.text(1) ?? "", isUnknown: look.integer(2) != 0, since: look.integer(3),
        last: look.integer(4), near: look.integer(5), counted: look.integer(6),
        requests: look.integer(7), told: look.integer(8),
        over: look.isNull(9) ? nil : look.integer(9))
      if wanted.remove(known) == nil { old.append(look.integer(0)) }
    }
    let remove = try connection.prepare("DELETE FROM crossing WHERE id = ?")
    for id in old { try remove.run(binding: [id]) }
    let add = try connection.prepare(
      """
      INSERT INTO crossing(subject, rule, is_unknown, since_ms, last_ms, near_ms, counted, requests,
        told_ms, over_ms) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    for crossing in crossings where wanted.remove(crossing) != nil {
      add.bind(crossing.subject, at: 1)
      let values: [Int64?] = [
        rule, crossing.isUnknown ? 1 : 0, crossing.since, crossing.last, crossing.near,
        crossing.counted, crossing.requests, crossing.told, crossing.over,
      ]
      for (place, value) in values.enumerated() { add.bind(value, at: place + 2) }
      try add.run()
    }
  }
}
