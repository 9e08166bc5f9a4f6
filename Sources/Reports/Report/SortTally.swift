internal import Analysis
internal import Events
internal import Files
internal import Times

/// What responses of a report are told apart by; texts by the numbers of the vocabulary.
struct ResponseSort: Hashable {
  var vendor: Int
  /// 0 for none.
  var status: Int64
  var code: Int
  /// Nil for a success.
  var kind: Kind?
}

/// The responses of a part of the vendors, by what tells them apart.
struct SortTally {
  let calendar: ReportCalendar
  private let part: Part
  private var numbers = CombinationNumbers()
  private var sums: [(now: Int64, before: Int64)] = []
  private var vendors = NumberSet()
  /// Those that answered a day before the range, whatever part they are of.
  private var knownVendors = NumberSet()
  /// By vendor and code; and which of them came in the four weeks before the range.
  private var codes = CombinationNumbers()
  private var recent = NumberSet()
  /// By sort, then by day of ``ReportCalendar/days``.
  private var daily: [Int32] = []
  private let mostSorts: Int

  init(_ part: Part, _ calendar: ReportCalendar) {
    self.part = part
    self.calendar = calendar
    mostSorts = max(1 << 12, (40 << 20) / (60 + 4 * calendar.days.count))
  }

  /// - Throws: `Part.TooLarge`.
  mutating func add(_ response: ResponseCount, now day: Int) throws {
    guard let sort = try number(of: response) else { return }
    sums[sort].now += response.count
    count(response, sort, day)
  }

  /// - Throws: `Part.TooLarge`.
  mutating func add(before response: ResponseCount) throws {
    guard let sort = try number(of: response) else { return }
    sums[sort].before += response.count
  }

  /// Only of vendors that are there already. Of one, what came in none of the other times counts
  /// together.
  ///
  /// - Throws: `Part.TooLarge`.
  mutating func add(_ response: ResponseCount, recent day: Int) throws {
    if day < calendar.firstDay - 1 { knownVendors.insert(response.vendor) }
    let vendor = Int32(response.vendor)
    guard vendors.contains(response.vendor) else { return }
    if response.isError, let code = codes.known(vendor, Int32(response.code)) {
      recent.insert(code)
    }
    let known = numbers.known(
      vendor, Int32(response.code), Int32(clamping: response.status),
      Int32(response.kind?.rawValue ?? 0))
    count(response, try known ?? sort(vendor, -2, -2, response.isError ? 255 : 0), day)
  }

  func isRecent(vendor: Int, code: Int) -> Bool {
    codes.known(Int32(vendor), Int32(code)).map { recent.contains($0) } ?? false
  }

  /// Whether a vendor answered in the four weeks before the range, but for the last of their days.
  func isKnown(vendor: Int) -> Bool { knownVendors.contains(vendor) }

  private mutating func count(_ response: ResponseCount, _ sort: Int, _ day: Int) {
    let place = sort * calendar.days.count + day
    daily[place] = Int32(clamping: Int64(daily[place]).addingClamped(response.count))
  }

  private mutating func number(of response: ResponseCount) throws -> Int? {
    let vendor = Int32(response.vendor)
    if part.count > 1, !part.holds(Part.hash([vendor])) { return nil }
    let code = Int32(response.code)
    vendors.insert(response.vendor)
    if code >= 0 { _ = codes.number(of: vendor, code) }
    return try sort(
      vendor, code, Int32(clamping: response.status), Int32(response.kind?.rawValue ?? 0))
  }

  private mutating func sort(
    _ vendor: Int32, _ code: Int32, _ status: Int32, _ kind: Int32
  ) throws -> Int {
    let sort = numbers.number(of: vendor, code, status, kind)
    if sort == sums.count {
      if sort >= mostSorts { throw Part.TooLarge() }
      sums.append((0, 0))
      daily.append(contentsOf: repeatElement(0, count: calendar.days.count))
    }
    return sort
  }

  /// What was counted of one sort.
  struct Entry {
    var sort: ResponseSort
    var group: ReportGroup
  }

  /// Hands over the sorts of each vendor.
  func eachVendor(_ body: (_ vendor: Int, _ sorts: [Entry]) throws -> Void) rethrows {
    let order = sums.indices.map { Int32($0) }.sorted { one, other in
      let (a, b) = (numbers[Int(one)].first, numbers[Int(other)].first)
      return a != b ? a < b : one < other
    }
    var first = 0
    while first < order.count {
      let vendor = numbers[Int(order[first])].first
      var end = first
      while end < order.count, numbers[Int(order[end])].first == vendor { end += 1 }
      try body(Int(vendor), order[first..<end].map { entry(Int($0)) })
      first = end
    }
  }

  private func entry(_ number: Int) -> Entry {
    let (vendor, code, status, kind) = numbers[number]
    let days = calendar.days.count
    return Entry(
      sort: ResponseSort(
        vendor: Int(vendor), status: Int64(status), code: Int(code),
        kind: kind == 0 ? nil : Kind(rawValue: UInt8(clamping: kind)) ?? .unknown),
      group: ReportGroup(
        now: sums[number].now, before: sums[number].before,
        daily: daily[number * days..<(number + 1) * days].map { Int($0) }))
  }
}
