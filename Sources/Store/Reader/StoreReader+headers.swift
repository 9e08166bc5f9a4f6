package import Batches
package import Events
internal import SQLite

// The headers of logs, for whoever reads a line again.
extension StoreReader {
  /// The header under which an event's line stands; nil for none.
  package func header(of event: Event) throws -> ColumnHeader? {
    try reading {
      let place = try connection.prepare(
        "SELECT b.source, e.\"offset\" FROM event e JOIN batch b ON b.id = e.batch WHERE e.id = ?")
      place.bind(event.id, at: 1)
      guard try place.step() else { return nil }
      var wanted: Int64? = try place.integer(0, .number)
      var end = try place.integer(1, .bytes)
      while let source = wanted {
        if let header = try connection.header(of: source, before: end) { return header }
        // What it shares with another is that one's.
        let parent = try connection.prepare("SELECT parent, fork FROM source WHERE id = ?")
        parent.bind(source, at: 1)
        guard try parent.step() else { return nil }
        wanted = try parent.optional(0, .number).flatMap { $0 < source ? $0 : nil }
        end = min(end, try parent.integer(1, .bytes))
      }
      return nil
    }
  }
}
