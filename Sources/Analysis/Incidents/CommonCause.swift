/// Those of several vendors that fail in the same minutes are one incident with all of them, where
/// they are three or more and most of the vendors that had traffic then; the others stay as they are.
///
/// - Parameters:
///   - incidents: those of single vendors.
///   - active: how many vendors had requests in a stretch of time (ms), as far as it is known.
package func joinedByCause(
  _ incidents: [FoundIncident], active: (Range<Int64>) throws -> Int
) rethrows -> [FoundIncident] {
  let inOrder = incidents.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
  var isTaken = inOrder.map { _ in false }
  var joined: [FoundIncident] = []
  for (place, seed) in inOrder.enumerated() where !isTaken[place] {
    var together = [place]
    for next in place + 1..<max(place + 1, inOrder.count) {
      if inOrder[next].start >= seed.end { break }
      if !isTaken[next], seed.isSimultaneous(with: inOrder[next]) { together.append(next) }
    }
    let vendors = Set(together.flatMap { inOrder[$0].vendors })
    if vendors.count >= 3 {
      let one = FoundIncident(joining: together.map { inOrder[$0] })
      if vendors.count * 2 > (try active(one.start..<one.end)) {
        for member in together { isTaken[member] = true }
        joined.append(one)
        continue
      }
    }
    joined.append(seed)
  }
  return joined.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
}

extension FoundIncident {
  /// Whether both are of the same minutes, nearly: the first failure of a vendor that is hardly
  /// called comes late.
  fileprivate func isSimultaneous(with other: FoundIncident) -> Bool {
    let common = seconds(from: max(start, other.start), to: min(end, other.end))
    let lengths = [seconds(from: start, to: end), seconds(from: other.start, to: other.end)]
    let (short, long) = (lengths.min() ?? 0, lengths.max() ?? 0)
    guard common > 0, common >= 0.5 * short else { return false }
    return common >= 0.3 * long || long - common <= 900
  }

  /// All of these as one.
  fileprivate init(joining incidents: [FoundIncident]) {
    var failures: [Trouble: Int] = [:]
    var requests: Int? = 0
    var sum = 0
    var expected = 0.0
    var sorts: Set<Sort> = []
    for incident in incidents {
      failures[incident.what, default: 0] &+= incident.failures
      sum &+= incident.failures
      if let known = requests, let more = incident.requests {
        requests = known &+ more
      } else {
        requests = nil
      }
      expected += incident.expected
      sorts.formUnion(incident.sorts)
    }
    let most = failures.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
    self.init(
      what: most?.key ?? .errors, vendors: Set(incidents.flatMap(\.vendors)).sorted(),
      start: incidents.map(\.start).min() ?? 0, end: incidents.map(\.end).max() ?? 0,
      isOngoing: incidents.contains(where: \.isOngoing), failures: sum, requests: requests,
      expected: expected, sorts: sorts)
  }
}
