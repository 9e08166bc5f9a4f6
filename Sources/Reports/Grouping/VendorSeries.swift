internal import Times

/// Something counted in a step of time, by its place among the steps.
struct StepCount {
  var step: Int32
  var count: Int64
}

/// Hands over what each vendor has, vendor by vendor, of those that have so much in all: however many
/// vendors there are, as much is held at once as a few of them have.
///
/// - Parameters:
///   - least: in all steps together.
///   - read: hands over all there is, and may be asked several times. A step may come twice.
///   - body: what one vendor has, in the order it was read.
func eachSeries(
  least: Int64, _ read: ((_ vendor: Int, _ count: StepCount) -> Void) throws -> Void,
  _ body: (_ vendor: Int, _ counts: ArraySlice<StepCount>) throws -> Void
) throws {
  var sums = SeriesSums()
  try read { sums.add($1, to: $0) }
  var first = 0
  while first < sums.sizes.count {
    let (end, size) = sums.stretch(from: first, least: least)
    defer { first = end }
    guard size > 0 else { continue }
    var stretch = SeriesStretch(sums, first..<end, least: least, size: size)
    if let held = sums.held {
      for one in held { stretch.add(one.count, to: one.vendor) }
    } else {
      try read { stretch.add($1, to: $0) }
    }
    try stretch.each(body)
  }
}

/// How much each vendor has, and what that is as long as it is little.
private struct SeriesSums {
  /// By the vendor's number, those without a vendor first.
  private(set) var totals: [Int64] = []
  private(set) var sizes: [Int32] = []
  private(set) var held: [(vendor: Int, count: StepCount)]? = []

  /// So many counts are held at once; they take 12 MB.
  static let most = 1 << 19

  mutating func add(_ count: StepCount, to vendor: Int) {
    let missing = vendor + 2 - sizes.count
    if missing > 0 {
      totals.append(contentsOf: repeatElement(0, count: missing))
      sizes.append(contentsOf: repeatElement(0, count: missing))
    }
    totals[vendor + 1] = totals[vendor + 1].addingClamped(max(0, count.count))
    sizes[vendor + 1] += 1
    held?.append((vendor, count))
    if let size = held?.count, size > SeriesSums.most { held = nil }
  }

  /// The vendors from one on whose counts are held at once, and how many these are.
  func stretch(from first: Int, least: Int64) -> (end: Int, size: Int) {
    var (end, size) = (first, 0)
    while end < sizes.count {
      let more = totals[end] >= least ? Int(sizes[end]) : 0
      if size > 0, size + more > SeriesSums.most { break }
      size += more
      end += 1
    }
    return (end, size)
  }
}

/// The counts of some vendors, in order of vendors.
private struct SeriesStretch {
  private let vendors: Range<Int>
  /// Where the counts of each vendor begin, and at last where all end.
  private var starts: [Int32] = [0]
  private var ends: [Int32] = []
  private var counts: [StepCount]

  init(_ sums: SeriesSums, _ vendors: Range<Int>, least: Int64, size: Int) {
    self.vendors = vendors
    counts = Array(repeating: StepCount(step: 0, count: 0), count: size)
    starts.reserveCapacity(vendors.count + 1)
    for vendor in vendors {
      let size = sums.totals[vendor] >= least ? sums.sizes[vendor] : 0
      starts.append((starts.last ?? 0) + size)
    }
    ends = Array(starts.dropLast())
  }

  mutating func add(_ count: StepCount, to vendor: Int) {
    let place = vendor + 1 - vendors.lowerBound
    // What was stored between two readings is left out.
    guard vendors.contains(vendor + 1), ends[place] < starts[place + 1] else { return }
    counts[Int(ends[place])] = count
    ends[place] += 1
  }

  func each(_ body: (Int, ArraySlice<StepCount>) throws -> Void) throws {
    for place in ends.indices where ends[place] > starts[place] {
      try body(vendors.lowerBound + place - 1, counts[Int(starts[place])..<Int(ends[place])])
    }
  }
}
