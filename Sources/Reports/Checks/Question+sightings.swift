internal import Answers
internal import Analysis
internal import Checks
internal import Events
internal import Files
internal import Questions
internal import Times

// What is found by itself.
extension Question {
  /// What there is of a sort of sighting in a range.
  func judge(
    _ rule: Rule, _ sighting: Sighting, _ bounds: [Rule.SizeBound], in range: TimeRange,
    into none: Judgement
  ) throws -> Judgement {
    guard !range.isEmpty else { return none }
    let question = during(range)
    let filter = ResponseFilter(rule.conditions, vocabulary)
    switch sighting {
    case .spike: return try question.spikeSightings(filter, bounds, into: none)
    case .burst: return try question.burstSightings(filter, bounds, into: none)
    case .incident: return try question.incidentSightings(rule, bounds, into: none)
    case .limitHit: return try question.limitSightings(filter, bounds, into: none)
    case .newCode, .returnedCode:
      return try question.codeSightings(
        filter, returned: sighting == .returnedCode, into: none)
    }
  }

  private func spikeSightings(
    _ filter: ResponseFilter, _ bounds: [Rule.SizeBound], into none: Judgement
  ) throws -> Judgement {
    var judgement = none
    // What is over by the time the range begins is none of it, however long the search.
    guard let extent, extent.until > range.since else { return judgement }
    for found in try vendorSpikes() where filter.passes([.vendor: found.vendor]) {
      let (vendor, spike) = (found.vendor, found.spike)
      guard bounds.hold([.count: Double(spike.count), .ratio: spike.ratio]) else { continue }
      let sort = spike.shape == .spike ? "spike" : "level change"
      judgement.add(
        Observation(since: spike.start, until: spike.end, counted: Int64(spike.count)),
        "\(sort) of \(spike.count) server errors where \(expectation(spike.expected)) are usual "
          + "(\(times(spike.ratio)))", to: [vendor])
    }
    return judgement
  }

  private func burstSightings(
    _ filter: ResponseFilter, _ bounds: [Rule.SizeBound], into none: Judgement
  ) throws -> Judgement {
    var judgement = none
    let found = try rateLimiting { [vocabulary] limit in
      filter.passes(
        vendor: vocabulary.vendors.number(ofStored: limit.vendor),
        route: vocabulary.routes.number(ofStored: limit.route),
        consumer: vocabulary.consumers.number(ofStored: limit.consumer))
    }
    for burst in found.bursts {
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

  private func limitSightings(
    _ filter: ResponseFilter, _ bounds: [Rule.SizeBound], into none: Judgement
  ) throws -> Judgement {
    var judgement = none
    try eachLimit { hit in
      guard filter.passes([.vendor: hit.vendor, .code: hit.code, .consumer: hit.consumer]),
        bounds.hold([.count: Double(hit.hits)])
      else { return }
      let limit = hit.limit.map { " of \($0)" } ?? ""
      judgement.add(
        Observation(since: hit.first, until: hit.last, counted: hit.hits),
        "limit\(limit) hit \(occurrences(hit.hits))",
        to: [hit.vendor, hit.consumer, hit.resource, hit.code])
    }
    return judgement
  }

  private func codeSightings(
    _ filter: ResponseFilter, returned: Bool, into none: Judgement
  ) throws -> Judgement {
    var judgement = none
    let codes = try unfamiliarCodes(filter, returned: returned)
    for code in codes.told {
      judgement.add(
        Observation(since: code.first, until: code.last, counted: code.count),
        (returned ? "is back after four weeks or more, " : "is new, ")
          + occurrences(code.count),
        to: [vocabulary.vendors[code.sent.vendor], vocabulary.codes[code.sent.code]])
    }
    judgement.leaveOut(codes.others)
    if !codes.unjudged.isEmpty { judgement.note = note(onUnjudged: codes.unjudged) }
    return judgement
  }

  private func note(onUnjudged vendors: NumberSet) -> String {
    var names = Ranking<String>(3)
    for vendor in vendors.numbers {
      let name = vocabulary.vendors[vendor] ?? "unknown vendor"
      names.add(name, size: (0, 0)) { GroupName(parts: [.text(name)]) }
    }
    return "codes of the first day in the store cannot be judged, as all would be new: "
      + names.groups.joined(separator: ", ")
      + (names.others > 0 ? " and \(grouped(Int64(names.others))) more" : "")
  }
}

extension [Rule.SizeBound] {
  func hold(_ sizes: [Quantity: Double]) -> Bool {
    allSatisfy { bound in sizes[bound.quantity].map(bound.bound.holds) ?? false }
  }
}
