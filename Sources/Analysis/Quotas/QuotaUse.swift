internal import Glibc
internal import Times

/// How a quota was used, hour by hour, by what was left of it at several times.
struct QuotaUse {
  private struct Hour {
    var cell: Int
    /// How much of it is known, 0 to 1.
    var known = 0.0
    var used = 0.0
  }

  private static let hour = Milliseconds.hour
  /// What is older says little of how it is used now.
  private static let most = 35 * 24

  /// From the first balance on.
  private let start: Int64
  private let end: Int64
  private var hours: [Hour] = []
  /// Used in an hour of each cell.
  private var rates: [Double] = []
  private let cell: (Int64) -> Int

  /// - Parameters:
  ///   - balances: in order of time.
  ///   - cell: of an hour, by its start: which local hour of which sort of day it is, 0 to 47.
  init(_ balances: [QuotaBalance], cell: @escaping (Int64) -> Int) {
    let last = balances.last?.time ?? 0
    let oldest = last.addingClamped(-Int64(QuotaUse.most) * QuotaUse.hour)
    let recent = balances.drop { $0.time < oldest }
    end = last
    start = recent.first?.time ?? last
    self.cell = cell
    let origin = start.rounded(downTo: QuotaUse.hour)
    for place in 0...Int((end - origin) / QuotaUse.hour) {
      hours.append(Hour(cell: cell(origin.addingClamped(Int64(place) * QuotaUse.hour))))
    }
    count(recent)
    rates = usualRates()
  }

  /// How long it was watched, in hours.
  var span: Double { Double(end - start) / Double(QuotaUse.hour) }
  var total: Double { hours.reduce(0) { $0 + $1.used } }

  /// It begins anew where what is left grows, noise aside: lines of a log are a little out of order.
  private mutating func count(_ balances: ArraySlice<QuotaBalance>) {
    guard let first = balances.first else { return }
    var least = first.remaining
    var before = first.time
    for balance in balances.dropFirst() {
      let noise = max(1, (balance.limit ?? balance.remaining) / 100)
      if balance.remaining.subtractingReportingOverflow(least).partialValue > noise {
        // Of what was used before it began anew since it was last seen, nobody knows.
        if let limit = balance.limit, limit >= balance.remaining {
          add(Double(limit) - Double(balance.remaining), from: before, to: balance.time)
        }
        least = balance.remaining
      } else {
        add(max(0, Double(least) - Double(balance.remaining)), from: before, to: balance.time)
        least = min(least, balance.remaining)
      }
      before = balance.time
    }
  }

  /// Spreads what was used evenly over its time.
  private mutating func add(_ used: Double, from first: Int64, to last: Int64) {
    let origin = start.rounded(downTo: QuotaUse.hour)
    let length = Double(last - first)
    var time = first
    repeat {
      let place = Int((time - origin) / QuotaUse.hour)
      let next = min(last, origin.addingClamped(Int64(place + 1) * QuotaUse.hour))
      hours[place].known += Double(next - time) / Double(QuotaUse.hour)
      hours[place].used += length > 0 ? used * Double(next - time) / length : used
      time = next
    } while time < last
  }

  private func usualRates() -> [Double] {
    var sums = Array(repeating: (known: 0.0, used: 0.0), count: 48)
    for hour in hours {
      sums[hour.cell].known += hour.known
      sums[hour.cell].used += hour.used
    }
    let known = sums.reduce(0) { $0 + $1.known }
    let mean = known > 0 ? sums.reduce(0) { $0 + $1.used } / known : 0
    return sums.map { $0.known > 0.25 ? $0.used / $0.known : mean }
  }

  /// How the use of days scatters around what is usual of their hours: the variance over the mean; and
  /// how many days tell so, less what they were fitted by.
  var scatter: (dispersion: Double, freedom: Int) {
    var (squares, sum, days) = (0.0, 0.0, 0)
    var sorts: Set<Bool> = []
    for midnight in hours.indices where hours[midnight].cell % 24 == 0 {
      let day = hours[midnight..<min(midnight + 24, hours.count)]
      guard day.reduce(0, { $0 + $1.known }) >= 18 else { continue }
      let usual = day.reduce(0) { $0 + $1.known * rates[$1.cell] }
      let used = day.reduce(0) { $0 + $1.used }
      squares += (used - usual) * (used - usual)
      sum += usual
      days += 1
      sorts.insert(hours[midnight].cell >= 24)
    }
    let freedom = days - sorts.count
    guard freedom > 0, sum > 0 else { return (0, 0) }
    return (squares / sum * Double(days) / Double(freedom), freedom)
  }

  /// When so much more will be used as is usual; nil where that is never, or in no time to speak of.
  func time(ofUsing amount: Double) -> Int64? {
    let week = (0..<168).map { rates[cell(end.addingClamped(Int64($0) * QuotaUse.hour))] }
    let weekly = week.reduce(0, +)
    guard weekly > 0, amount.isFinite, amount / weekly < 5000 else { return nil }
    let weeks = (amount / weekly).rounded(.down)
    var rest = amount - weeks * weekly
    var time = end.addingClamped(Int64(weeks) * 168 * QuotaUse.hour)
    // The hour that has begun goes on.
    var left = QuotaUse.hour - (time - time.rounded(downTo: QuotaUse.hour))
    for _ in 0...169 {
      let rate = rates[cell(time.rounded(downTo: QuotaUse.hour))]
      let part = Double(left) / Double(QuotaUse.hour)
      if rate > 0, rest <= rate * part {
        return time.addingClamped(Int64((rest / rate * Double(QuotaUse.hour)).rounded()))
      }
      rest -= rate * part
      time = time.addingClamped(left)
      left = QuotaUse.hour
    }
    return time
  }
}
