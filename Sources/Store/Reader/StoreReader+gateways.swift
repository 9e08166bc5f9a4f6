internal import Files
package import Questions
internal import SQLite
package import Times

extension StoreReader {
  /// Which gateways logged the same requests on the days of a range, as far as that can be told: of
  /// each two the one that logged the larger share of the other's ids stands second. Shares below a
  /// tenth are chance, or nothing to speak of.
  package func sharedRequests(during range: TimeRange) throws -> [SharedRequests] {
    var days: [Int64: [Int64: IdentifierSketch]] = [:]
    var names: [Int64: String] = [:]
    try reading {
      let statement = try connection.prepare(StoreReader.sketchesOfRange)
      statement.bind(range.since.rounded(downTo: Milliseconds.day), at: 1)
      statement.bind(range.until, at: 2)
      while try statement.step() {
        guard let sketch = IdentifierSketch(statement.blob(2)) else { throw damage(of: "ids") }
        days[statement.integer(0), default: [:]][statement.integer(1)] = sketch
        names[statement.integer(1)] = statement.text(3) ?? ""
      }
    }
    var found: [SharedRequests] = []
    let gateways = names.keys.sorted()
    for (place, one) in gateways.enumerated() {
      for other in gateways[(place + 1)...] {
        let shares = [(one, other), (other, one)].compactMap { gateway, other in
          shared(gateway, other, days.values).map {
            SharedRequests(
              gateway: names[gateway] ?? "", other: names[other] ?? "", share: $0)
          }
        }
        if let most = shares.max(by: { $0.share < $1.share }), most.share >= 0.1 {
          found.append(most)
        }
      }
    }
    return found.sorted { ($1.share, $0.gateway, $0.other) < ($0.share, $1.gateway, $1.other) }
  }

  /// The share of a gateway's ids that another one has; nil where too few are known.
  private func shared(
    _ gateway: Int64, _ other: Int64, _ days: some Sequence<[Int64: IdentifierSketch]>
  ) -> Double? {
    var (known, shared) = (0, 0)
    for day in days {
      guard let own = day[gateway] else { continue }
      let part = own.shared(with: day[other] ?? IdentifierSketch())
      known += part.known
      shared += part.shared
    }
    return known < 20 ? nil : Double(shared) / Double(known)
  }

  private static let sketchesOfRange = """
    SELECT time_ms, gateway, hashes, (SELECT text FROM gateway WHERE id = s.gateway)
      FROM id_sketch s WHERE time_ms >= ? AND time_ms < ?
    """
}
