// Making one vendor of all those that a store has no room for.
extension Batch {
  /// Counts vendors together that are to be one, as the store has the same text for all of them.
  package func gather(where isOther: (Word) -> Bool) {
    nameOthers(isOther)
    var others: Set<Word> = []
    for row in rows where isOther(row.vendor) { others.insert(row.vendor) }
    for key in minutes.keys where isOther(key.vendor) { others.insert(key.vendor) }
    for key in traffic.keys where isOther(key.vendor) { others.insert(key.vendor) }
    guard let one = others.min(), others.count > 1 else { return }
    func gathered(_ vendor: Word) -> Word { isOther(vendor) ? one : vendor }
    for place in rows.indices { rows[place].vendor = gathered(rows[place].vendor) }
    var minutes: [MinuteKey: MinuteCounts] = [:]
    for (var key, counts) in self.minutes {
      key.vendor = gathered(key.vendor)
      minutes[key, default: .zero] += counts
    }
    self.minutes = minutes
    var traffic: [TrafficKey: Int64] = [:]
    for (var key, responses) in self.traffic {
      key.vendor = gathered(key.vendor)
      traffic[key, default: 0] += responses
    }
    self.traffic = traffic
    quotas.rename(gathered)
    routes.clear()
    countRoutes()
  }

  private func nameOthers(_ isOther: (Word) -> Bool) {
    for vendor in vendors where isOther(vendor.word) {
      sightings.vendors[vendor.name] = nil
      sightings.otherHosts += vendor.responses
    }
  }
}
