internal import SQLite

// What a job still has to tell, place by place. Whoever tells it holds an `OutboxLock`.
extension CheckWriter {
  /// So much is kept for a place, and for so long: seven days.
  package static let mostDeliveries = 100
  package static let longestDelivery: Int64 = 7 * 24 * 3_600_000

  /// Remembers it; in a transaction.
  func add(_ deliveries: [Delivery]) throws {
    if deliveries.isEmpty { return }
    let insert = try writer.connection.prepare(
      """
      INSERT INTO delivery(job, place, key, made_ms, after_ms, is_begun, body)
        VALUES(?, ?, ?, ?, ?, 0, ?)
      """)
    for delivery in deliveries {
      for (place, text) in [job, delivery.place, delivery.key].enumerated() {
        insert.bind(text, at: place + 1)
      }
      insert.bind(delivery.made, at: 4)
      insert.bind(delivery.after, at: 5)
      delivery.body.withUnsafeBytes { insert.bind(blob: $0, at: 6) }
      try insert.run()
    }
  }

  /// What is to be told to a place, the oldest first.
  package func deliveries(to place: String) throws -> [Delivery] {
    try writer.alone {
      let look = try writer.connection.prepare(
        """
        SELECT id, key, made_ms, after_ms, is_begun, body FROM delivery
          WHERE job = ? AND place = ? ORDER BY id
        """)
      look.bind(job, at: 1)
      look.bind(place, at: 2)
      var found: [Delivery] = []
      // Whatever stands there, checks go their way.
      func time(_ column: Int) -> Int64 {
        let range = Domain.time.range
        return min(max(look.integer(column), range.lowerBound), range.upperBound)
      }
      while try look.step() {
        var delivery = Delivery(
          to: place, key: look.text(1) ?? "", body: Array(look.blob(5)), made: time(2))
        delivery.id = look.integer(0)
        delivery.after = time(3)
        delivery.isBegun = look.integer(4) != 0
        found.append(delivery)
      }
      return found
    }
  }

  /// It is being sent from now on.
  package func begin(_ delivery: Delivery) throws {
    try change("UPDATE delivery SET is_begun = 1 WHERE id = ?", delivery)
  }

  /// It did not arrive, and is to be tried again, not before a time.
  package func postpone(_ delivery: Delivery, until time: Int64) throws {
    try change("UPDATE delivery SET is_begun = 0, after_ms = ?2 WHERE id = ?1", delivery, time)
  }

  /// It has arrived, or is given up.
  package func end(_ delivery: Delivery) throws {
    try change("DELETE FROM delivery WHERE id = ?", delivery)
  }

  private func change(_ sql: String, _ delivery: Delivery, _ values: Int64...) throws {
    guard let id = delivery.id else { return }
    try writer.write { try writer.connection.prepare(sql).run(binding: [id] + values) }
    writer.rest()
  }

  /// Forgets what is for places that nobody names any more.
  func forgetDeliveries(before time: Int64) throws {
    try writer.connection.prepare("DELETE FROM delivery WHERE made_ms < ?1").run(binding: [time])
  }
}
