internal import Analysis
internal import Checks
internal import Events
internal import Store

// What is found by itself.
extension Question {
  /// What there is of a sort of sighting in a range.
  func judge(
    _ rule: Rule, _ sighting: Sighting, _ bounds: [Rule.SizeBound], in range: TimeRange
  ) throws -> Judgement {
    guard !range.isEmpty else { return Judgement() }
    let question = during(range)
    let sieve = Sieve(rule.conditions, vocabulary)
    switch sighting {
    case .spike: return try question.spikeSightings(sieve, bounds)
    case .burst: return try question.burstSightings(sieve, bounds)
    case .limitHit: return try question.limitSightings(sieve, bounds)
    case .newCode, .returnedCode:
      return try question.codeSightings(sieve, returned: sighting == .returnedCode)
    }
  }

  private func spikeSightings(_ sieve: Sieve, _ bounds: [Rule.SizeBound]) throws -> Judgement {
    var judgement = Judgement()
    // What is over by the time the range begins is none of it, however long the search.
    guard let extent, extent.until > range.since else { return judgement }
    for (vendor, spike) in try vendorSpikes() where sieve.passes([.vendor: vendor]) {
      guard bounds.hold([.count: Double(spike.count), .ratio: spike.ratio]) else { continue }
      let sort = spike.shape == .spike ? "spike" : "level change"
      judgement.add(
        Observation(since: spike.start, until: spike.end, counted: Int64(spike.count)),
        "\(sort) of \(spike.count) server errors where \(expectation(spike.expected)) are usual "
          + "(\(times(spike.ratio)))", to: [vendor])
    }
    return judgement
  }

  private func burstSightings(_ sieve: Sieve, _ bounds: [Rule.SizeBound]) throws -> Judgement {
    var judgement = Judgement()
    let found = try vendorBursts { limit in
      sieve.passes(
        vendor: vocabulary.vendors.number(ofRow: limit.vendor),
        route: vocabulary.routes.number(ofRow: limit.route),
        consumer: vocabulary.consumers.number(ofRow: limit.consumer))
    }
    for burst in found {
      let (count, peak) = (burst.burst.count, burst.burst.peakPerMinute)
      guard bounds.hold([.count: Double(count), .peak: Double(peak)]) else { continue }
      let from = burst.consumers.first.map { ", most from \($0.name)" } ?? ""
      let on = burst.routes.first.map { " on \($0.name)" } ?? ""
      judgement.add(
        Observation(since: burst.burst.start, until: burst.burst.end, counted: Int64(count)),
        "burst of \(count) rejections (429) in "
          + "\(formatDuration(burst.burst.end - burst.burst.start)), up to \(peak) a minute"
          + from + on, to: [burst.vendor])
    }
    return judgement
  }

  private func limitSightings(_ sieve: Sieve, _ bounds: [Rule.SizeBound]) throws -> Judgement {
    var judgement = Judgement()
    for hit in try limitHits()
    where sieve.passes([.vendor: hit.vendor, .code: hit.code, .consumer: hit.consumer]) {
      guard bounds.hold([.count: Double(hit.hits)]) else { continue }
      let limit = hit.limit.map { " of \($0)" } ?? ""
      judgement.add(
        Observation(since: hit.first, until: hit.last, counted: hit.hits),
        "limit\(limit) hit \(occurrences(hit.hits))",
        to: [hit.vendor, hit.consumer, hit.resource, hit.code])
    }
    return judgement
  }

  private func codeSightings(_ sieve: Sieve, returned: Bool) throws -> Judgement {
    var judgement = Judgement()
    let (codes, unjudged) =
      try returned ? (returnedCodes(sieve), Set<Int>()) : newCodes(sieve)
    for code in codes {
      judgement.add(
        Observation(since: code.first, until: code.last, counted: code.count),
        (returned ? "is back after four weeks or more, " : "is new, ")
          + occurrences(code.count),
        to: [vocabulary.vendors[code.sent.vendor], vocabulary.codes[code.sent.code]])
    }
    if !unjudged.isEmpty { judgement.note = note(onUnjudged: unjudged) }
    return judgement
  }

  private func note(onUnjudged vendors: Set<Int>) -> String {
    let names = vendors.map { vocabulary.vendors[$0] ?? "unknown vendor" }.sorted()
    let more = names.count - 3
    return "codes of the first day in the store cannot be judged, as all would be new: "
      + names.prefix(3).joined(separator: ", ")
      + (more > 0 ? " and \(grouped(Int64(more))) more" : "")
  }
}

extension [Rule.SizeBound] {
  fileprivate func hold(_ sizes: [Quantity: Double]) -> Bool {
    allSatisfy { bound in sizes[bound.quantity].map(bound.bound.holds) ?? false }
  }
}
