internal import Analysis
internal import Files
internal import Questions
internal import Times

/// What a spike was of: the five most frequent of each, the most frequent first.
struct SpikeCauses {
  var statuses: [NamedCount]
  var codes: [NamedCount]
  var routes: [NamedCount]
}

extension Question {
  /// What each spike was of; nil for what is not looked at: only the twenty largest are, so that a
  /// long answer stays fast, and only where their events are left.
  ///
  /// Of what lasted for more than three hours, those around its worst minute stand for all.
  func spikeCauses(_ found: [VendorSpike]) throws -> [SpikeCauses?] {
    let largest = found.indices
      .sorted { (found[$1].spike.excess, $0) < (found[$0].spike.excess, $1) }.prefix(20)
    var causes: [SpikeCauses?] = Array(repeating: nil, count: found.count)
    for place in largest {
      let spike = found[place].spike
      let most = 3 * Milliseconds.hour
      var stretch = TimeRange(since: spike.start, until: spike.end)
      if spike.end - spike.start > most {
        stretch.since = max(spike.start, min(spike.peak - most / 2, spike.end - most))
        stretch.until = stretch.since + most
      }
      let pruned = archive.pruned.events.of([found[place].vendor ?? ""])
      if let latest = pruned.latest, stretch.since < latest { continue }
      causes[place] = try self.causes(of: found[place].number, during: stretch)
    }
    return causes
  }

  private func causes(of vendor: Int, during stretch: TimeRange) throws -> SpikeCauses {
    var statuses: [Int64: Int] = [:]
    var codes: [Int] = []
    var routes: [Int] = []
    try archive.errors(during: stretch) { error in
      guard error.status >= 500,
        vocabulary.vendors.number(ofStored: error.vendor) == vendor
      else { return }
      statuses[error.status, default: 0] += 1
      codes.append(vocabulary.codes.number(ofStored: error.code))
      routes.append(vocabulary.routes.number(ofStored: error.route))
    }
    return SpikeCauses(
      statuses: statuses.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
        .map { NamedCount(name: String($0.key), count: $0.value) },
      codes: vocabulary.codes.most(of: codes), routes: vocabulary.routes.most(of: routes))
  }
}
