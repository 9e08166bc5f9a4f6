internal import Batches
internal import Events
internal import Profiles

extension EventBuilder {
  /// Who wrote and who answered the lines of the batch that was read last. `gateways` are its
  /// responses by gateway, the generic one first.
  func sightings(in batch: Batch, gateways: ContiguousArray<Int64>) -> Sightings {
    var sightings = Sightings()
    for (index, count) in gateways.enumerated() where count > 0 {
      let profile = index == 0 ? catalog.genericGateway : catalog.gateways[index - 1]
      sightings.gateways[profile.name] = count
    }
    var responses: [Word: Int64] = [:]
    // Neighbouring rows mostly differ in vendor; there are few vendors in all.
    var events: ContiguousArray<Int64> = []
    var withoutCode: ContiguousArray<Int64> = []
    for row in batch.rows {
      let vendor = Int(row.vendor)
      while events.count <= vendor {
        events.append(0)
        withoutCode.append(0)
      }
      events[vendor] += 1
      if row.code == 0 { withoutCode[vendor] += 1 }
      if row.time == nil { sightings.withoutTime += 1 }
      if row.kind == .unknown { sightings.ofUnknownKind += 1 }
    }
    for (vendor, count) in events.enumerated() where count > 0 {
      responses[Word(vendor), default: 0] += count
    }
    // Errors are counted when the batch is stored: so far there are successes only.
    for (key, count) in batch.traffic { responses[key.vendor, default: 0] += count }
    sightings.withoutVendor = events.first ?? 0
    sightings.ahead = min(times.eventsAhead, sightings.withoutTime)
    let silent = vendorsWithoutCodes(among: responses.keys)
    for (vendor, count) in withoutCode.enumerated() where !silent.contains(Word(vendor)) {
      sightings.withoutCode += count
    }
    for (vendor, count) in responses where vendor != 0 {
      let name = caches.lexicons.text(of: vendor, in: .vendor)
      if name == Lexicon.otherHosts {
        sightings.otherHosts += count
        continue
      }
      sightings.vendors[name, default: 0] += count
      batch.vendors.append((vendor, name, count))
    }
    if !sightings.isClear { sightings.example = example(in: batch, silent: silent) }
    return sightings
  }

  /// Vendors whose profiles say that they send no codes.
  private func vendorsWithoutCodes(among vendors: some Sequence<Word>) -> Set<Word> {
    Set(
      vendors.filter { vendor in
        catalog.vendor(named: caches.lexicons.text(of: vendor, in: .vendor))?.body.code.isEmpty
          ?? false
      })
  }

  /// The first of the events of which the most is unclear.
  private func example(in batch: Batch, silent: Set<Word>) -> Sightings.Example? {
    var best: Sightings.Example?
    for row in batch.rows {
      var weight = row.vendor == 0 ? 4 : row.kind == .unknown ? 3 : row.time == nil ? 2 : 0
      if weight == 0, row.code == 0, !silent.contains(row.vendor) { weight = 1 }
      if weight > (best?.weight ?? 0) {
        best = Sightings.Example(offset: row.offset, weight: weight)
        if weight == 4 { break }
      }
    }
    return best
  }
}
