internal import Files
package import Questions
internal import Times

/// What an archive counts, for those who watch numbers.
package struct StoreMetrics: Sendable {
  package struct Vendor: Sendable, Equatable {
    /// Nil of responses without one.
    package var name: String?
    package var errors: Int64 = 0
    /// Errors and successes; nil where successes are not known.
    package var requests: Int64?
  }

  package var holdings: Holdings
  /// When the newest response came; nil where none has a time.
  package var newest: Int64?
  /// Those with most responses, the largest first.
  package var vendors: [Vendor]
  /// How many there are in all.
  package var vendorCount: Int

  /// - Parameter most: how many vendors are told by themselves.
  package init(_ archive: any Archive, most: Int) throws {
    let question = try Question(archive)
    let names = question.vocabulary
    var errors: [Int: Int64] = [:]
    var successes: [Int: Int64] = [:]
    func add(_ count: StoredCount) {
      let vendor = names.vendors.number(ofStored: count.vendor)
      if count.kind == nil {
        successes[vendor] = (successes[vendor] ?? 0).addingClamped(count.count)
      } else {
        errors[vendor] = (errors[vendor] ?? 0).addingClamped(count.count)
      }
    }
    if let extent = question.extent {
      let days = TimeRange(
        since: extent.since.rounded(downTo: Milliseconds.day), until: extent.until)
      try archive.responses(during: days, by: .day, add)
    }
    try archive.undatedResponses(add)
    holdings = try archive.holdings()
    newest = question.extent.map { $0.until - 1 }
    let numbers = Set(errors.keys).union(successes.keys)
    let all = numbers.map { number in
      let failed = errors[number] ?? 0
      return Vendor(
        name: names.vendors[number], errors: failed,
        requests: successes[number].map { $0.addingClamped(failed) })
    }
    vendorCount = all.count
    vendors = Array(
      all.sorted { ($1.size, $0.name ?? "") < ($0.size, $1.name ?? "") }.prefix(most))
  }
}

extension StoreMetrics.Vendor {
  fileprivate var size: Int64 { requests ?? errors }
}

/// Incidents that had not ended when the log did, by vendor; one of several vendors is one of each.
package func openIncidents(in archive: any Archive) throws -> [String?: Int] {
  let whole = try Question(archive)
  guard let newest = whole.extent?.until else { return [:] }
  let question = whole.during(
    TimeRange(since: newest.addingClamped(-Milliseconds.day), until: newest))
  let troubles = try question.foundTroubles(bursts: try question.rateLimiting().bursts)
  let silences = try question.loggingGaps().map { Incident($0) }
  var open: [String?: Int] = [:]
  for incident in troubles.incidents + silences where incident.isOngoing {
    for vendor in incident.vendors { open[vendor, default: 0] += 1 }
  }
  return open
}
