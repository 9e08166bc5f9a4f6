internal import Analysis
internal import Files
internal import Times

/// The codes that were sent in a range, by number from 0 on, and when: in one stretch of time, or in
/// several.
struct SentCodes {
  private let gap: Int64?
  private var known = CombinationNumbers()
  /// One stretch of each code, whichever came first, and the others of those that have some.
  private var codes: [UnfamiliarCode] = []
  private var more: [Int: [UnfamiliarCode]] = [:]
  /// How many stretches there are.
  private(set) var size = 0

  /// - Parameter gap: how long a code is not sent between two of its stretches; nil for no end of it.
  init(dividedBy gap: Int64?) {
    self.gap = gap
  }

  var isEmpty: Bool { codes.isEmpty }
  var numbers: Range<Int> { codes.indices }

  func number(of response: ResponseCount) -> Int? {
    response.code < 0 ? nil : known.known(Int32(response.vendor), Int32(response.code))
  }

  /// Responses come in any order of time.
  mutating func add(_ response: ResponseCount) {
    let number = known.number(of: Int32(response.vendor), Int32(response.code))
    let code = UnfamiliarCode(
      sent: VendorCode(vendor: response.vendor, code: response.code), first: response.time,
      last: response.time, count: response.count)
    if number == codes.count {
      codes.append(code)
      size += 1
    } else if codes[number].isNear(code, gap) {
      codes[number].add(code)
    } else if let place = more[number]?.firstIndex(where: { $0.isNear(code, gap) }) {
      more[number]?[place].add(code)
    } else {
      more[number, default: []].append(code)
      size += 1
    }
  }

  /// The stretches of a code, in order of time. Two may have grown together.
  func stretches(_ number: Int) -> [UnfamiliarCode] {
    guard let more = more[number] else { return [codes[number]] }
    var stretches: [UnfamiliarCode] = []
    for code in ([codes[number]] + more).sorted(by: { $0.first < $1.first }) {
      if let last = stretches.last, last.isNear(code, gap) {
        stretches[stretches.count - 1].add(code)
      } else {
        stretches.append(code)
      }
    }
    return stretches
  }

  /// All stretches of a code as one.
  func whole(_ number: Int) -> UnfamiliarCode {
    (more[number] ?? []).reduce(into: codes[number]) { $0.add($1) }
  }
}

extension UnfamiliarCode {
  fileprivate func isNear(_ other: UnfamiliarCode, _ gap: Int64?) -> Bool {
    guard let gap else { return true }
    return other.first - last < gap && first - other.last < gap
  }

  fileprivate mutating func add(_ other: UnfamiliarCode) {
    first = min(first, other.first)
    last = max(last, other.last)
    count += other.count
  }
}

/// When some codes were sent last in a stretch of time.
struct PastCodes {
  private let codes: SentCodes
  private var lasts: [Int64]
  private var count = 0

  init(_ codes: SentCodes) {
    self.codes = codes
    lasts = Array(repeating: .min, count: codes.numbers.count)
  }

  mutating func add(_ response: ResponseCount) {
    guard let number = codes.number(of: response) else { return }
    if lasts[number] == .min { count += 1 }
    lasts[number] = max(lasts[number], response.time)
  }

  func last(of number: Int) -> Int64? { lasts[number] == .min ? nil : lasts[number] }

  /// Whether all of them were sent.
  var isComplete: Bool { count == lasts.count }
}

/// When vendors were met first.
struct FirstTimes {
  /// By the vendor's number, those without a vendor first; the end of time for those never met.
  private var times: [Int64] = []

  subscript(vendor: Int) -> Int64? {
    guard times.indices.contains(vendor + 1), times[vendor + 1] != .max else { return nil }
    return times[vendor + 1]
  }

  mutating func add(_ response: ResponseCount) {
    let place = max(0, response.vendor + 1)
    if place >= times.count {
      times.append(contentsOf: repeatElement(.max, count: place + 1 - times.count))
    }
    times[place] = min(times[place], response.time)
  }

  /// Takes over what another one knows.
  mutating func replace(with other: FirstTimes) {
    for (place, time) in other.times.enumerated()
    where time != .max && times.indices.contains(place) {
      times[place] = time
    }
  }

  /// Whether a vendor was met so long before a time.
  func isKnown(_ vendor: Int, for length: Int64, at time: Int64) -> Bool {
    self[vendor].map { time - $0 >= length } ?? false
  }
}

extension TimeRange {
  /// What begins at some times and is as long, as one stretch where they follow one another.
  static func stretches(from starts: Set<Int64>, length: Int64) -> [TimeRange] {
    var stretches: [TimeRange] = []
    for start in starts.sorted() {
      let end = start + length
      if let last = stretches.last, start <= last.until {
        stretches[stretches.count - 1].until = max(last.until, end)
      } else {
        stretches.append(TimeRange(since: start, until: end))
      }
    }
    return stretches
  }
}
