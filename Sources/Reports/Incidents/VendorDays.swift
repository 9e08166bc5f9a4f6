internal import Files
internal import Questions
internal import Times

/// What days tell of vendors before their minutes are read.
struct VendorDays {
  /// What one vendor had.
  private struct Counts {
    /// Of the sorts asked for.
    var errors: Int64 = 0
    /// The sorts they are of, a bit for each.
    var sorts: UInt8 = 0
    /// Below zero where there is not one success among five responses.
    var balance: Int64 = 0
  }

  /// By the vendor's number, those without a vendor first.
  private var counts: [Counts] = []
  private let sorts: UInt8

  init(of sorts: [MinuteSort]) {
    self.sorts = sorts.reduce(0) { $0 | 1 << UInt8($1.rawValue) }
  }

  mutating func add(_ response: ResponseCount) {
    let place = response.vendor + 1
    let missing = place + 1 - counts.count
    if missing > 0 { counts.append(contentsOf: repeatElement(Counts(), count: missing)) }
    var weight = min(response.count, 1 << 40) * 4
    if let kind = response.kind {
      weight = -response.count
      let sort: UInt8 = 1 << UInt8(MinuteSort(status: response.status, kind: kind).rawValue)
      if sort & sorts != 0 {
        counts[place].errors = counts[place].errors.addingClamped(response.count)
        counts[place].sorts |= sort
      }
    }
    counts[place].balance = counts[place].balance.addingClamped(weight)
  }

  /// The vendors whose successes are in the log: with one among five responses at least. A few that
  /// strayed into a log of errors are nothing to divide by.
  var withSuccesses: NumberSet {
    var vendors = NumberSet()
    for (place, counts) in counts.enumerated() where counts.balance >= 0 {
      vendors.insert(place - 1)
    }
    return vendors
  }

  /// The vendors with so many errors at least, and of how many sorts they are.
  func vendors(least: Int64) -> [(vendor: Int, sorts: Int)] {
    counts.enumerated().compactMap { place, counts in
      counts.errors < least ? nil : (place - 1, counts.sorts.nonzeroBitCount)
    }
  }
}

/// The vendors that fail in so many minutes of a stretch of time that all minutes take no more room
/// than those, as far as days can tell.
struct FrequentVendors {
  let vendors: NumberSet
  /// The same, as many together as are held at once.
  let groups: [[Int]]
  /// Of all vendors, those whose successes are in the log.
  let withSuccesses: NumberSet

  /// So many minutes are held at once; they take 24 MB.
  private static let most = 6 << 20

  init(_ days: VendorDays, length: Int) {
    withSuccesses = days.withSuccesses
    var vendors = NumberSet()
    var groups: [[Int]] = []
    var held = Self.most
    for (vendor, sorts) in days.vendors(least: Int64(max(20, length / 4))) {
      let size = length * (sorts + (withSuccesses.contains(vendor) ? 1 : 0))
      held += size
      if held > Self.most {
        groups.append([])
        held = size
      }
      groups[groups.count - 1].append(vendor)
      vendors.insert(vendor)
    }
    self.vendors = vendors
    self.groups = groups
  }

  func knowsRequests(of group: [Int]) -> Bool { group.contains { withSuccesses.contains($0) } }
}

extension Question {
  /// What vendors had of some sorts of errors on the days that have a part in a stretch of time.
  func vendorDays(of sorts: [MinuteSort], during stretch: TimeRange) throws -> VendorDays {
    var found = VendorDays(of: sorts)
    let day = Milliseconds.day
    let days = TimeRange(
      since: stretch.since.rounded(downTo: day),
      until: stretch.until.addingClamped(day - 1).rounded(downTo: day))
    try eachResponse(during: days, by: .day) { found.add($0) }
    return found
  }
}
