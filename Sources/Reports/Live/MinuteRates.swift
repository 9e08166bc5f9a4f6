internal import Files
internal import Questions
internal import Times

/// The responses of a short range by vendor, minute by minute.
struct MinuteRates {
  struct Vendor {
    var name: String?
    var counts = Counts()
    /// Errors by minute.
    fileprivate var minutes: [Int64]

    /// Errors of three minutes each.
    var trend: [Int64] {
      stride(from: 0, to: minutes.count, by: 3).map { start in
        minutes[start..<min(start + 3, minutes.count)].reduce(0) { $0.addingClamped($1) }
      }
    }

    /// Errors of the last five minutes.
    var latest: Int64 { minutes.suffix(5).reduce(0) { $0.addingClamped($1) } }
  }

  let range: TimeRange
  private(set) var all = Counts()
  /// Those with the most errors in the last minutes first.
  private(set) var vendors: [Vendor] = []

  /// So many are told apart.
  private static let most = 1000

  init(_ question: Question) throws {
    range = question.range
    let since = range.since
    let minutes = Int(range.length / Milliseconds.minute)
    var found: [Int: Vendor] = [:]
    var total = Counts()
    try question.archive.minutes(during: range) { minute in
      let number = question.vocabulary.vendors.number(ofStored: minute.vendor)
      guard question.asksAbout(number: number) else { return }
      let counts = Counts(
        errors: minute.errors, successes: minute.successes, rateLimited: minute.rateLimited,
        planLimited: minute.planLimited, serverErrors: minute.serverErrors)
      total.add(counts)
      if found[number] == nil, found.count == MinuteRates.most { return }
      var vendor =
        found[number]
        ?? Vendor(
          name: question.vocabulary.vendors[number], minutes: Array(repeating: 0, count: minutes))
      vendor.counts.add(counts)
      let place = Int((minute.time - since) / Milliseconds.minute)
      if vendor.minutes.indices.contains(place) {
        vendor.minutes[place] = vendor.minutes[place].addingClamped(minute.errors)
      }
      found[number] = vendor
    }
    all = total
    vendors = found.values.sorted { one, other in
      (other.latest, other.counts.errors, one.name ?? "")
        < (one.latest, one.counts.errors, other.name ?? "")
    }
  }
}
