/// An hour of a route, and what went wrong how.
package struct RouteKey: Hashable {
  /// Hours since the epoch.
  package var hour: Int64
  package var vendor: Word
  package var route: Word
  package var status: Int32
  package var kind: Kind
  package var answeredBy: AnsweredBy

  /// One number to hash, not six.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(bits)
  }

  /// Its place among recent sums: multiplied, as neighbouring keys differ in a few bits.
  var place: Int { Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 32) }

  private var bits: UInt64 {
    let sort = UInt64(UInt32(bitPattern: status)) << 8 ^ UInt64(kind.rawValue) << 2
    let what = sort ^ UInt64(answeredBy.rawValue) ^ UInt64(route) << 20
    return what ^ UInt64(vendor) << 42 ^ UInt64(bitPattern: hour) << 50
  }
}

/// Errors of an hour, by its quarters.
package struct HourCounts: AdditiveArithmetic {
  package var quarters: SIMD4<Int64>

  package init(quarters: SIMD4<Int64> = .zero) {
    self.quarters = quarters
  }

  /// One error in a quarter, which counts from 0.
  init(quarter: Int) {
    quarters = .zero
    quarters[quarter] = 1
  }

  package static let zero = HourCounts()

  package static func += (sum: inout HourCounts, other: HourCounts) {
    sum.quarters &+= other.quarters
  }

  package static func + (one: HourCounts, other: HourCounts) -> HourCounts {
    HourCounts(quarters: one.quarters &+ other.quarters)
  }

  package static func - (one: HourCounts, other: HourCounts) -> HourCounts {
    HourCounts(quarters: one.quarters &- other.quarters)
  }
}
