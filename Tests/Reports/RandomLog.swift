import Times

/// A log of responses at random, and what is in it.
struct RandomLog {
  struct Response {
    var time: Int64?
    var vendor: String?
    var status: Int
    var code: String?
    var route: String?
    var isError: Bool { status >= 400 }
  }

  private(set) var responses: [Response] = []
  private var random: SplitMix

  /// Up to 150 responses around a day on which clocks change in Berlin.
  init(seed: UInt64) throws {
    random = SplitMix(state: seed)
    let start = try at("2026-10-24")
    for _ in 0..<Int.random(in: 0...150, using: &random) {
      let time = start + Int64.random(in: 0..<3 * Milliseconds.day, using: &random)
      // Borders of quarters and minutes are where mistakes are.
      let unit: Int64 = pick([1, Milliseconds.minute, 15 * Milliseconds.minute])
      let status = pick([200, 201, 400, 404, 429, 500, 503])
      let isDated = Int.random(in: 0..<20, using: &random) > 0
      responses.append(
        Response(
          time: isDated ? time - time % unit : nil,
          vendor: pick(["zof", "acme", nil]), status: status,
          code: status >= 400 ? pick(["E_A", "E_B", nil]) : nil, route: pick(["/a", "/b", nil])))
    }
  }

  var lines: [String] {
    responses.map {
      line($0.time.map(formatTime), $0.vendor, $0.status, code: $0.code, route: $0.route)
    }
  }

  /// A range that may cut anything, or nothing.
  mutating func range() throws -> TimeRange {
    let start = try at("2026-10-23")
    let unit: Int64 = pick(
      [1, 1000, Milliseconds.minute, 15 * Milliseconds.minute, Milliseconds.hour])
    let ends = (0..<2).map { _ in
      let time = start + Int64.random(in: 0..<5 * Milliseconds.day, using: &random)
      return time - time % unit
    }
    return TimeRange(since: min(ends[0], ends[1]), until: max(ends[0], ends[1]))
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  /// How many responses are inside a range; a success counts as at the start of its minute.
  func count(in range: TimeRange, where matches: (Response) -> Bool) -> Int64 {
    Int64(
      responses.filter { response in
        guard let time = response.time, matches(response) else { return false }
        return range.contains(response.isError ? time : time - time % Milliseconds.minute)
      }.count)
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers for the same seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
