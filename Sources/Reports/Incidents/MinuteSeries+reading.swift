internal import Analysis
internal import Files
internal import Questions
internal import Times

/// Vendors have more minutes than are to be held at once.
struct TooManyMinutes: Error {}

extension Question {
  /// Hands over what vendors had in the minutes of a stretch of time, several vendors at once: those
  /// with five errors and more that may matter. Of those who fail in most minutes all minutes are
  /// held, of the others as many as have half a million.
  ///
  /// - Parameters:
  ///   - sorts: of the errors that are asked for.
  ///   - stretch: of whole minutes.
  ///   - most: of how many minutes of vendors, or else `TooManyMinutes` is thrown.
  func eachMinuteSeries(
    of sorts: [MinuteSort], during stretch: TimeRange, most: Int = .max,
    where mayMatter: (MinuteSeries) -> Bool, _ body: ([MinuteSeries]) throws -> Void
  ) throws {
    let length = Int((stretch.until - stretch.since) / Milliseconds.minute)
    let days = try vendorDays(of: sorts, during: stretch)
    if days.vendors(least: Question.leastErrors).count > most / max(1, length) {
      throw TooManyMinutes()
    }
    let frequent = FrequentVendors(days, length: length)
    var pending: [MinuteSeries] = []
    var held = 0
    func look() throws {
      if pending.isEmpty { return }
      let (answered, failed) = pending.parted { frequent.withSuccesses.contains($0.vendor) }
      try eachWithRequests(answered, during: stretch, body)
      if !failed.isEmpty { try body(failed) }
      (pending, held) = ([], 0)
    }
    // The first of those who fail in most minutes are read with the others.
    var first: MinuteArrays? = frequent.groups.first.map { MinuteArrays(of: $0, length: length) }
    var isRead = false
    try eachSeries(least: Question.leastErrors) { add in
      for sort in sorts {
        try eachHour(of: sort, during: stretch) { vendor, minute, counts in
          if frequent.vendors.contains(vendor) {
            if !isRead { first?.add(counts, from: minute, of: sort, to: vendor) }
            return
          }
          for place in counts.indices where counts[place] != 0 {
            let minute = minute + place
            guard minute >= 0, minute < length else { continue }
            add(vendor, StepCount(step: MinuteSeries.step(minute, sort), count: counts[place]))
          }
        }
      }
      isRead = true
    } _: { vendor, counts in
      let series = MinuteSeries(of: vendor, length: length, counts)
      guard mayMatter(series) else { return }
      pending.append(series)
      held += counts.count
      if held > 1 << 19 || pending.count == Question.mostSeries { try look() }
    }
    try look()
    for group in frequent.groups {
      var arrays = first ?? MinuteArrays(of: group, length: length)
      let rest =
        (first == nil ? sorts : []) + (frequent.knowsRequests(of: group) ? [.requests] : [])
      first = nil
      for sort in rest {
        try eachHour(of: sort, during: stretch) { vendor, minute, counts in
          arrays.add(counts, from: minute, of: sort, to: vendor)
        }
      }
      let series = arrays.series { frequent.withSuccesses.contains($0) }
        .filter { $0.has(errors: Question.leastErrors) && mayMatter($0) }
      if !series.isEmpty { try body(series) }
    }
  }

  /// Those with fewer errors are not looked at.
  private static let leastErrors: Int64 = 5
  /// So many are looked at together.
  private static let mostSeries = 64
  /// So many minutes with requests are held at once.
  private static let mostRequests = 1 << 20

  /// The same series with their requests: half of them first, where they have too many.
  private func eachWithRequests(
    _ series: [MinuteSeries], during stretch: TimeRange, _ body: ([MinuteSeries]) throws -> Void
  ) throws {
    guard let length = series.first?.length else { return }
    struct TooMany: Error {}
    var requests: [[MinuteSeries.Count]] = series.map { _ in [] }
    var places: [Int: Int] = [:]
    for (place, one) in series.enumerated() { places[one.vendor] = place }
    var held = 0
    do {
      var last: (vendor: Int, place: Int?) = (.min, nil)
      try eachHour(of: .requests, during: stretch) { vendor, first, counts in
        if vendor != last.vendor { last = (vendor, places[vendor]) }
        guard let place = last.place else { return }
        for minute in counts.indices where counts[minute] != 0 {
          guard first + minute >= 0, first + minute < length else { continue }
          held += 1
          if held > Question.mostRequests, series.count > 1 { throw TooMany() }
          requests[place].append(
            MinuteSeries.Count(
              minute: Int32(first + minute), count: Int32(clamping: counts[minute])))
        }
      }
    } catch is TooMany {
      requests = []
      let half = series.count / 2
      try eachWithRequests(Array(series[..<half]), during: stretch, body)
      try eachWithRequests(Array(series[half...]), during: stretch, body)
      return
    }
    let whole = zip(series, requests).map { $0.with($1) }
    requests = []
    try body(whole)
  }

  /// What is counted of a sort in the hours of a stretch that had some, of the vendors asked about: the
  /// place of the hour's first minute in the stretch, and a count for each of its minutes.
  private func eachHour(
    of sort: MinuteSort, during stretch: TimeRange,
    _ body: (_ vendor: Int, _ minute: Int, _ counts: [Int64]) throws -> Void
  ) throws {
    try archive.minuteCounts(of: sort, during: stretch) { hour, row, _, counts in
      let vendor = vocabulary.vendors.number(ofStored: row)
      guard asksAbout(number: vendor) else { return }
      try body(vendor, Int((hour - stretch.since) / Milliseconds.minute), counts)
    }
  }
}

extension Array {
  /// Those of which something holds, and the others.
  fileprivate func parted(_ holds: (Element) -> Bool) -> (those: [Element], others: [Element]) {
    var (those, others): ([Element], [Element]) = ([], [])
    for element in self {
      if holds(element) { those.append(element) } else { others.append(element) }
    }
    return (those, others)
  }
}
