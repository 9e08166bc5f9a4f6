package import Batches
internal import Files
internal import SQLite

// Where sources are, and which are nowhere to be found. Not while a batch is being committed.
extension StoreLedger {
  package func sight(_ source: Int64, at place: Place) throws {
    try writer.write { try record(place, of: source) }
  }

  package func lose(_ source: Int64, gap: Gap?) throws {
    try writer.write {
      try connection.prepare("UPDATE source SET place = NULL WHERE id = ?").run(binding: [source])
      guard let gap else { return }
      let insert = try connection.prepare("INSERT OR REPLACE INTO gap VALUES(?, ?, ?, ?, ?)")
      insert.bind(source, at: 1)
      insert.bind(stored(gap.place.path), at: 2)
      insert.bind(gap.offset, at: 3)
      insert.bind(gap.place.size, at: 4)
      insert.bind(WallClock.now, at: 5)
      try insert.run()
    }
  }

  /// Within a transaction. What was missing of the source is found again.
  func record(_ place: Place, of source: Int64) throws {
    let update = try connection.prepare(
      "UPDATE source SET place = ?, device = ?, inode = ?, size = ? WHERE id = ?")
    update.bind(stored(place.path), at: 1)
    update.bind(place.device, at: 2)
    update.bind(place.inode, at: 3)
    update.bind(place.size, at: 4)
    update.bind(source, at: 5)
    try update.run()
    try connection.prepare("DELETE FROM gap WHERE source = ?").run(binding: [source])
  }
}
