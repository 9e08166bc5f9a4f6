import Analysis
import Testing

private let monday: Int64 = 1_772_409_600_000  // 2026-03-02T00:00:00Z
private let hour: Int64 = 3_600_000
private let day = 24 * hour

/// What was left at the start of each hour from Monday on.
private func hourly(_ remaining: [Int64], limit: Int64? = nil, reset: Int64? = nil)
  -> [QuotaBalance]
{
  remaining.enumerated().map {
    QuotaBalance(time: monday + Int64($0) * hour, limit: limit, remaining: $1, reset: reset)
  }
}

@Suite struct QuotaTests {
  @Test func `what is used evenly runs out when the rest is used`() {
    // Ten an hour for ten hours, and 900 left: 90 hours more.
    let forecast = QuotaForecast(of: hourly((0...10).map { 1000 - 10 * $0 }))
    let end = monday + 100 * hour
    #expect(forecast == .runsOut(earliest: end, middle: end, latest: end))
  }

  @Test func `what is used unevenly has an interval around that`() throws {
    // A day with 200 and a day with 280 by turns: six days, 240 a day, five days left.
    var left: Int64 = 2640
    var balances = [QuotaBalance(time: monday, remaining: left)]
    for hours in 1...144 {
      left -=
        ((hours - 1) / 24).isMultiple(of: 2) ? (hours % 3 == 0 ? 9 : 8) : (hours % 3 == 0 ? 12 : 11)
      balances.append(QuotaBalance(time: monday + Int64(hours) * hour, remaining: left))
    }
    guard case .runsOut(let earliest, let middle, let latest) = QuotaForecast(of: balances) else {
      Issue.record("no end is foreseen")
      return
    }
    let used = 2640 - left
    let rest = Double(left) / (Double(used) / 6)
    #expect(abs(Double(middle - monday) / Double(day) - 6 - rest) < 0.01)
    #expect(earliest < middle - day / 4)
    #expect(latest > middle + day / 4)
    #expect(latest < middle + 4 * day)
  }

  @Test func `a quota that begins anew before it runs out lasts`() {
    let reset = monday + 3 * day
    #expect(
      QuotaForecast(of: hourly((0...10).map { 1000 - 10 * $0 }, reset: reset))
        == .lasts(until: reset))
  }

  @Test func `where it may begin anew before it runs out, only the earliest end is told`() {
    let uneven: [Int64] = [1000, 990, 960, 955, 940, 900, 893, 890, 860, 855, 820]
    guard
      case .mayRunOut(let earliest) = QuotaForecast(
        of: hourly(uneven, reset: monday + 60 * hour))
    else {
      Issue.record("something else is foreseen")
      return
    }
    #expect(earliest > monday + 10 * hour)
    #expect(earliest < monday + 60 * hour)
  }

  @Test func `only what was used since it began anew counts`() {
    let before = (0...10).map { Int64(1000 - 90 * $0) }
    let since = (0...10).map { Int64(1000 - 10 * $0) }
    let end = monday + (11 + 100) * hour
    #expect(
      QuotaForecast(of: hourly(before + since)) == .runsOut(earliest: end, middle: end, latest: end)
    )
  }

  @Test func `lines out of order are no new beginning`() {
    var balances = hourly((0...10).map { 1000 - 10 * $0 }, limit: 1000)
    balances.append(QuotaBalance(time: monday + 5 * hour + 1, limit: 1000, remaining: 955))
    guard case .runsOut = QuotaForecast(of: balances.shuffled()) else {
      Issue.record("no end is foreseen")
      return
    }
  }

  @Test func `of nothing left nothing is foreseen`() {
    #expect(QuotaForecast(of: hourly([20, 10, 0])) == .usedUp)
  }

  @Test func `where no honest estimate can be made there is none`() {
    #expect(QuotaForecast(of: []) == .unknown(.tooFew))
    #expect(QuotaForecast(of: hourly([40, 30, 20, 10])) == .unknown(.tooFew))
    // Five balances within five hours; a tenth of the period is enough.
    #expect(QuotaForecast(of: hourly([60, 50, 40, 30, 20])) == .unknown(.tooFew))
    #expect(
      QuotaForecast(of: hourly([60, 50, 40, 30, 20], reset: monday + day)) != .unknown(.tooFew))
    #expect(QuotaForecast(of: hourly(Array(repeating: 50, count: 12))) == .unknown(.unused))
    #expect(
      QuotaForecast(of: hourly([1000, 999, 998, 997, 996, 995, 994, 400, 399, 398, 397]))
        == .unknown(.unsteady))
  }

  @Test func `a quota that nobody uses lasts`() {
    let reset = monday + 2 * day
    #expect(
      QuotaForecast(of: hourly(Array(repeating: 50, count: 12), reset: reset))
        == .lasts(until: reset))
  }

  @Test func `numbers at the ends of what can be said do no harm`() {
    var balances = hourly([.max, .min, .max, 0, 5, .max, 3], limit: .max, reset: .min)
    balances += [
      QuotaBalance(time: .min, limit: .min, remaining: .min, reset: .max),
      QuotaBalance(time: .max, limit: .max, remaining: .max, reset: .max),
    ]
    for count in balances.indices { _ = QuotaForecast(of: Array(balances[...count])) }
    #expect(QuotaForecast(of: balances) == .lasts(until: .max))
  }
}
