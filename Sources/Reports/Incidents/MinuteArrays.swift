internal import Questions

/// What some vendors had in each minute of a stretch of time, sort by sort, without holes: of vendors
/// that fail in most minutes this is the least there is to hold, and the fastest to read.
struct MinuteArrays {
  private let vendors: [Int]
  private let length: Int
  /// By the vendor's number, those without a vendor first: its place among the vendors, -1 for none.
  private var places: [Int32]
  /// By the vendor's place and the sort; empty where there was nothing.
  private var arrays: [[Int32]]

  private static let sorts = MinuteSort.allCases.count

  init(of vendors: [Int], length: Int) {
    self.vendors = vendors
    self.length = length
    arrays = Array(repeating: [], count: vendors.count * Self.sorts)
    places = Array(repeating: -1, count: (vendors.max() ?? -1) + 2)
    for (place, vendor) in vendors.enumerated() { places[vendor + 1] = Int32(place) }
  }

  /// Adds what an hour had of a sort, if it is of one of the vendors.
  ///
  /// - Parameter first: the place of the hour's first minute in the stretch. Minutes outside of the
  ///   stretch are left out.
  @_optimize(speed)
  mutating func add(_ minutes: [Int64], from first: Int, of sort: MinuteSort, to vendor: Int) {
    guard vendor + 1 < places.count, places[vendor + 1] >= 0 else { return }
    let inside = max(0, -first)..<max(0, -first, min(minutes.count, length - first))
    if inside.isEmpty { return }
    let place = Int(places[vendor + 1]) * Self.sorts + Int(sort.rawValue)
    if arrays[place].isEmpty { arrays[place] = Array(repeating: 0, count: length) }
    arrays[place].withUnsafeMutableBufferPointer { counts in
      minutes.withUnsafeBufferPointer { minutes in
        let own = UnsafeMutableBufferPointer(
          rebasing: counts[first + inside.lowerBound..<first + inside.upperBound])
        let more = UnsafeBufferPointer(rebasing: minutes[inside])
        // Hardly ever is there so much that it would have to be held back.
        var bits: Int64 = 0
        for place in own.indices { bits |= more[place] | Int64(own[place]) }
        if bits >= 0, bits < 1 << 30 {
          for place in own.indices { own[place] &+= Int32(truncatingIfNeeded: more[place]) }
          return
        }
        for place in own.indices {
          own[place] = Int32(clamping: Int64(own[place]) + min(more[place], Int64(Int32.max)))
        }
      }
    }
  }

  /// What each vendor had.
  ///
  /// - Parameter knowsRequests: whether a vendor's successes are in the log.
  func series(_ knowsRequests: (_ vendor: Int) -> Bool) -> [MinuteSeries] {
    vendors.enumerated().map { place, vendor in
      MinuteSeries(
        of: vendor, length: length,
        all: Array(arrays[place * Self.sorts..<(place + 1) * Self.sorts]),
        knowsRequests: knowsRequests(vendor))
    }
  }
}
