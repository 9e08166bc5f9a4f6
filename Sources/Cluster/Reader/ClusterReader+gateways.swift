internal import Files
package import Questions
package import Times

extension ClusterReader {
  /// Which gateways logged the same requests on the days of a range, as far as that can be told: only of
  /// ids that came by one edge, as each has hashes of its own. Of each two the one that logged the larger
  /// share of the other's ids stands second. Shares below a tenth are chance, or nothing to speak of.
  package func sharedRequests(during range: TimeRange) throws -> [SharedRequests] {
    if range.isEmpty { return [] }
    struct Day: Hashable {
      var edge: Int64
      var start: Int64
    }
    var days: [Day: [String: [UInt64]]] = [:]
    let all = TimeRange(
      since: range.bounded.since.rounded(downTo: Milliseconds.day), until: range.until
    ).stretches(of: Milliseconds.day)
    try rows(
      TableQuestion(
        name: "the gateways of ids",
        columns: [
          .number("edge"), .number("start_ms"), .text("gateway"),
          .number("reinterpretAsInt64(reinterpretAsString(hash))"),
        ],
        table: """
          (SELECT edge, start_ms, gateway, hash FROM sketch ARRAY JOIN hashes AS hash
            WHERE \(all.holdsStart) AND \(counts(.during(all)))
            GROUP BY edge, start_ms, gateway, hash ORDER BY edge, start_ms, gateway, hash
            LIMIT \(IdentifierSketches.most) BY edge, start_ms, gateway)
          """, rest: "ORDER BY edge, start_ms, gateway, hash", deliveries: .unasked)
    ) { row in
      let day = Day(edge: row.integer(0), start: row.integer(1))
      days[day, default: [:]][row.text(2) ?? "", default: []].append(
        UInt64(bitPattern: row.integer(3)))
    }
    var found: [SharedRequests] = []
    let gateways = Set(days.values.flatMap(\.keys)).sorted()
    for (place, one) in gateways.enumerated() {
      for other in gateways[(place + 1)...] {
        let shares = [(one, other), (other, one)].compactMap { gateway, other in
          ClusterReader.shared(gateway, other, Array(days.values)).map {
            SharedRequests(gateway: gateway, other: other, share: $0)
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
  private static func shared(
    _ gateway: String, _ other: String, _ days: [[String: [UInt64]]]
  ) -> Double? {
    var (known, shared) = (0, 0)
    for day in days {
      guard let own = day[gateway] else { continue }
      let others = day[other] ?? []
      // Above the last hash of a full sketch others may have been left out.
      let end = others.count < IdentifierSketches.most ? .max : others.last ?? 0
      let some = own.prefix { $0 <= end }
      let all = Set(others)
      known += some.count
      shared += some.count { all.contains($0) }
    }
    return known < 20 ? nil : Double(shared) / Double(known)
  }
}
