internal import Batches
internal import Files
internal import SQLite
internal import Times

/// What responses' headers said of quotas that last for hours or longer: of each quota, batch and
/// hour what the last response said.
///
/// Successes speak of quotas too, and are kept nowhere else: so this table cannot be compared with
/// anything, nor made anew.
final class QuotaTable: DerivedTable {
  static let tables = [
    StoredTable(
      "quota",
      [
        "batch": .row(of: "batch"), "vendor": .row(of: "vendor"), "gateway": .row(of: "gateway"),
        "consumer": .row(of: "consumer"), "time_ms": .domain(.time), "limit": .domain(.amount),
        "remaining": .domain(.amount), "reset_ms": .domain(.amount),
      ])
  ]

  static let fillable: [String] = []

  private let connection: Connection

  init(_ connection: Connection) throws {
    self.connection = connection
  }

  func add(_ placed: PlacedBatch) throws {
    let quotas = placed.batch.quotas
    guard !quotas.latest.isEmpty else { return }
    let words = placed.words
    let insert = try connection.prepare(
      "INSERT OR REPLACE INTO quota VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (key, sighting) in quotas.latest {
      insert.bind(placed.id, at: 1)
      insert.bind(words.id(of: key.vendor, in: .vendor), at: 2)
      insert.bind(words.id(of: key.gateway, in: .gateway), at: 3)
      insert.bind(words.id(of: key.consumer, in: .consumer), at: 4)
      insert.bind(key.name, at: 5)
      insert.bind(sighting.time, at: 6)
      insert.bind(sighting.limit, at: 7)
      insert.bind(sighting.remaining, at: 8)
      insert.bind(sighting.reset, at: 9)
      try insert.run()
    }
  }

  func remove(_ old: ReplacedBatches) throws {
    let remove = try connection.prepare("DELETE FROM quota WHERE batch = ?")
    for part in old.parts { try remove.run(binding: [part.batch]) }
  }

  /// They name consumers, as events do.
  func removeTraces(before time: Int64, of share: PrunedShare) throws {
    try connection.prepare("DELETE FROM quota WHERE time_ms < ? AND \(share.isMeant)").run(
      binding: [time])
  }

  func check(_ verification: inout Verification) throws {}
  func repair(_ repair: inout Repair) throws {}
}
