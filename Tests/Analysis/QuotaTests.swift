import Analysis
import Testing

private let monday: Int64 = 1_772_409_600_000  // 2026-03-02T00:00:00Z
private let hour: Int64 = 3_600_000
private let day = 24 * hour

/// Hours of UTC, as a zone has them.
private func cell(_ time: Int64) -> Int {
  let hours = (time.subtractingReportingOverflow(monday).partialValue / hour % 168 + 168) % 168
  return Int(hours % 24) + (hours >= 120 ? 24 : 0)
}

private func forecast(_ balances: [QuotaBalance]) -> QuotaForecast {
  QuotaForecast(of: balances, cell: cell)
}

/// What was left at the start of each hour from Monday on.
private func hourly(_ remaining: [Int64], limit: Int64? = nil, reset: Int64? = nil)
  -> [QuotaBalance]
{
  remaining.enumerated().map {
    QuotaBalance(time: monday + Int64($0) * hour, limit: limit, remaining: $1, reset: reset)
  }
}

/// What is left of so much if so much is used in each hour.
private func using(_ used: (_ hour: Int) -> Int64, of all: Int64, hours: Int) -> [Int64] {
  var left = all
  return (0...hours).map { hour in
    if hour > 0 { left -= used(hour - 1) }
    return left
  }
}

@Suite struct QuotaTests {
  @Test func `what is used evenly runs out when the rest is used`() {
    // Ten an hour for a week, and 900 left: 90 hours more.
    let balances = hourly(using({ _ in 10 }, of: 2580, hours: 168))
    let end = monday + (168 + 90) * hour
    #expect(forecast(balances) == .runsOut(earliest: end, middle: end, latest: end))
  }

  @Test func `what is used by day alone lasts through nights and weekends`() {
    // Twenty an hour from eight to six on working days: 200 a day. On Friday of the second week at noon
    // 250 are left: 120 of them go on that day, the rest on Monday until half past two.
    let use = { (hour: Int) -> Int64 in
      hour % 168 < 120 && (8..<18).contains(hour % 24) ? 20 : 0
    }
    let all: Int64 = 9 * 200 + 80 + 250
    let end = monday + 14 * day + 8 * hour + 6 * hour + hour / 2
    #expect(
      forecast(hourly(using(use, of: all, hours: 11 * 24 + 12)))
        == .runsOut(earliest: end, middle: end, latest: end))
  }

  @Test func `what is used unevenly has an interval around that`() {
    // A day with 200 and a day with 280 by turns: fourteen days, 240 a day, five days left.
    let balances = hourly(
      using(
        { $0 / 24 % 2 == 0 ? ($0 % 3 == 0 ? 9 : 8) : ($0 % 3 == 0 ? 12 : 11) }, of: 4564, hours: 336
      ))
    guard case .runsOut(let earliest, let middle, let latest) = forecast(balances) else {
      Issue.record("no end is foreseen")
      return
    }
    #expect(abs(middle - monday - 19 * day) < day / 2)
    #expect(earliest < middle - day / 4)
    #expect(latest > middle + day / 4)
    #expect(latest < middle + 4 * day)
  }

  @Test func `a quota that begins anew before it runs out lasts`() {
    let reset = monday + 9 * day
    #expect(
      forecast(hourly(using({ _ in 10 }, of: 2580, hours: 168), reset: reset))
        == .lasts(until: reset))
  }

  @Test func `where it may begin anew before it runs out, only the earliest end is told`() {
    let uneven = using({ [5, 30, 2, 12, 40, 7][$0 / 24 % 6] }, of: 4000, hours: 168)
    let end = monday + 168 * hour + (uneven.last ?? 0) / 14 * hour
    guard case .mayRunOut(let earliest) = forecast(hourly(uneven, reset: end)) else {
      Issue.record("something else is foreseen")
      return
    }
    #expect(earliest > monday + 168 * hour)
    #expect(earliest < end)
  }

  @Test func `however often it began anew, all of the past tells how it is used`() {
    // A hundred a day, ten in each of ten hours; at midnight it begins anew.
    let left = (0...184).map { hour in
      1000 - Int64(min(10, max(0, hour % 24 - 8))) * 10
    }
    // On the eighth day at four in the afternoon 80 are used, 20 will be, and it begins anew.
    #expect(
      forecast(hourly(left, limit: 1000, reset: monday + 8 * day))
        == .lasts(until: monday + 8 * day))
    // Of 930, that has come to be less: after nine days more.
    let rest = left.map { $0 - 900 }
    guard
      case .runsOut(let earliest, _, _) = forecast(hourly(rest.map { max(1, $0) }, limit: 1000))
    else {
      Issue.record("no end is foreseen")
      return
    }
    #expect(earliest >= monday + 184 * hour)
  }

  @Test func `lines out of order are no new beginning`() {
    var balances = hourly(using({ _ in 10 }, of: 2580, hours: 168), limit: 3000)
    balances.append(QuotaBalance(time: monday + 5 * hour + 1, limit: 3000, remaining: 2555))
    guard case .runsOut(_, let middle, _) = forecast(balances.shuffled()) else {
      Issue.record("no end is foreseen")
      return
    }
    #expect(abs(middle - monday - 258 * hour) < hour)
  }

  @Test func `of nothing left nothing is foreseen`() {
    #expect(forecast(hourly([20, 10, 0])) == .usedUp)
  }

  @Test func `where no honest estimate can be made there is none`() {
    #expect(forecast([]) == .unknown(.tooFew))
    // Six days say nothing of the seventh.
    let six = using({ _ in 10 }, of: 2580, hours: 144)
    #expect(forecast(hourly(six)) == .unknown(.tooShort))
    #expect(forecast(hourly(six, reset: monday + 7 * day)) == .unknown(.tooShort))
    let four = [2000, 1000, 500, 400].enumerated().map {
      QuotaBalance(time: monday + Int64($0) * 3 * day, remaining: $1)
    }
    #expect(forecast(four) == .unknown(.tooFew))
    #expect(forecast(hourly(Array(repeating: 50, count: 169))) == .unknown(.unused))
    #expect(
      forecast(hourly(using({ $0 == 100 ? 600 : 0 }, of: 1000, hours: 168))) == .unknown(.unsteady))
  }

  @Test func `a quota that nobody uses lasts`() {
    let reset = monday + 9 * day
    #expect(
      forecast(hourly(Array(repeating: 50, count: 169), reset: reset)) == .lasts(until: reset))
  }

  @Test func `numbers at the ends of what can be said do no harm`() {
    var balances = hourly([.max, .min, .max, 0, 5, .max, 3], limit: .max, reset: .min)
    balances += [
      QuotaBalance(time: .min, limit: .min, remaining: .min, reset: .max),
      QuotaBalance(time: monday + 9 * day, limit: .max, remaining: .min, reset: .max),
      QuotaBalance(time: monday + 9 * day, limit: .min, remaining: 7, reset: .max),
      QuotaBalance(time: .max - 1, limit: .max, remaining: 1, reset: .max),
      QuotaBalance(time: .max, limit: .max, remaining: .max, reset: .max),
    ]
    for count in balances.indices { _ = forecast(Array(balances[...count])) }
    for first in balances.indices { _ = forecast(Array(balances[first...])) }
    #expect(forecast(balances) == .unknown(.tooShort))
    #expect(forecast([QuotaBalance(time: .min, remaining: 5)]) == .unknown(.tooFew))
  }
}
