internal import Files

/// The errors of one vendor and gateway in an hour or a day, by route: what a row of `route_hour`
/// or `route_day` has of up to 256 routes whose numbers follow one another.
///
/// Its blob is a list of numbers, each written as `PackedNumbers` says:
///
///     ┌───┬────────┬───┬────────┬──────┬───────┬───┬──────┬───────┬───
///     │ n │ sort 1 │ … │ sort n │ step │ count │ … │ step │ count │ …
///     └───┴────────┴───┴────────┴──────┴───────┴───┴──────┴───────┴───
///
///     sort    status << 16 | kind << 8 | answered_by, less that of the sort before; they rise
///     cell    a sort on a route: the first route with each sort, the second with each sort, …
///     step    (cells without errors before the next that has some) << parts
///             | a bit for each part of the hour or day in which that cell has errors
///     count   for each of these bits, the lowest first, how many errors there are
///
/// An hour has four parts, its quarters; a day has one. Where the only errors of an hour are two
/// 404s in its first quarter and one in its third, all on the sixth route of the page, the numbers
/// are
///
///     1, 404 << 16 | 3 << 8 | 1, 5 << 4 | 0b0101, 2, 1
enum RoutePage {
  /// How many routes share a page. A batch writes anew only the pages of its own routes: so a
  /// vendor with very many routes is not written whole each time.
  static let routes: Int64 = 256

  /// A page with more sorts is damaged.
  private static let mostSorts: Int64 = 1 << 20

  /// How many errors each part has: the four quarters of an hour, or, as the first alone, a day.
  typealias Counts = SIMD4<Int64>

  /// A status, a kind and who answered.
  struct Sort: Hashable, Comparable {
    private(set) var bits: Int64

    /// Status 0 stands for none.
    @inline(__always)
    init(status: Int64, kind: UInt8, answeredBy: UInt8) {
      bits = status << 16 | Int64(kind) << 8 | Int64(answeredBy)
    }

    fileprivate init(bits: Int64) {
      self.bits = bits
    }

    var status: Int64 { bits >> 16 }
    var kind: UInt8 { UInt8(truncatingIfNeeded: bits >> 8) }
    var answeredBy: UInt8 { UInt8(truncatingIfNeeded: bits) }

    /// The same, whoever answered.
    var answeredByAny: Sort { Sort(bits: bits & ~0xFF) }

    static func < (one: Sort, other: Sort) -> Bool { one.bits < other.bits }
  }

  /// The blob of errors that are in order of routes and sorts.
  static func packed(_ entries: ArraySlice<RouteEntry>, parts: Int64) -> [UInt8] {
    var sorts: [Sort] = []
    for entry in entries {
      let place = sorts.place(of: entry.sort)
      if place == sorts.count || sorts[place] != entry.sort { sorts.insert(entry.sort, at: place) }
    }
    var numbers = PackedNumbers(capacity: 8 + sorts.count * 4 + entries.count * 6)
    numbers.append(Int64(sorts.count))
    var bits: Int64 = 0
    for sort in sorts {
      numbers.append(sort.bits &- bits)
      bits = sort.bits
    }
    var next: Int64 = 0
    for entry in entries {
      let place =
        (entry.route & (routes - 1)) * Int64(sorts.count) + Int64(sorts.place(of: entry.sort))
      var mask: Int64 = 0
      for part in 0..<parts where entry.counts[Int(part)] != 0 { mask |= 1 << part }
      numbers.append((place - next) << parts | mask)
      for part in 0..<parts where entry.counts[Int(part)] != 0 {
        numbers.append(entry.counts[Int(part)])
      }
      next = place + 1
    }
    return numbers.bytes
  }

  /// Hands over the errors of a blob, in order. Returns false where the blob is damaged; what comes
  /// before the damage is handed over all the same.
  static func read(
    _ bytes: UnsafeRawBufferPointer, page: Int64, parts: Int64,
    _ body: (_ route: Int64, _ sort: Sort, _ counts: Counts) throws -> Void
  ) rethrows -> Bool {
    var numbers = PackedNumbers.Reader(bytes)
    let count = numbers.next()
    guard count > 0, count < min(mostSorts, Int64(bytes.count)) else { return false }
    var sorts: [Sort] = []
    sorts.reserveCapacity(Int(count))
    var bits: Int64 = 0
    for _ in 0..<count {
      bits &+= numbers.next()
      sorts.append(Sort(bits: bits))
    }
    var route = page &* routes
    let end = route &+ routes
    var sort: Int64 = 0
    while !numbers.isAtEnd {
      let step = numbers.next()
      guard step >= 0 else { return false }
      sort &+= step >> parts
      while sort >= count, route != end {
        sort -= count
        route &+= 1
      }
      let mask = step & (1 << parts - 1)
      let counts = Counts(
        mask & 1 == 0 ? 0 : numbers.next(.count), mask & 2 == 0 ? 0 : numbers.next(.count),
        mask & 4 == 0 ? 0 : numbers.next(.count), mask & 8 == 0 ? 0 : numbers.next(.count))
      if route == end || numbers.isDamaged { return false }
      try body(route, sorts[Int(sort)], counts)
      sort += 1
    }
    return !numbers.isDamaged
  }
}

extension [RoutePage.Sort] {
  /// Where one stands in order, or belongs.
  fileprivate func place(of sort: RoutePage.Sort) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < sort { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
