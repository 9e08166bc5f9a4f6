internal import Analysis
internal import Answers
internal import Events
internal import Times

// What things of a report are called, and in which order they come.
extension Report {
  func name(of subject: Mover.Subject) -> Mover.Subject.Name { subject.name(in: vocabulary) }

  /// Whose the errors are, the most first. Of those not counted by route, as they were pruned before
  /// the store did so, nobody knows.
  var owners: [(blame: Blame, now: Int64, before: Int64)] {
    var sums = routes.owners
    let known = sums.values.reduce((now: Int64(0), before: Int64(0))) {
      ($0.now + $1.now, $0.before + $1.before)
    }
    let rest = (now: now.errors - known.now, before: before.errors - known.before)
    if rest.now > 0 || rest.before > 0 {
      sums[.unknown, default: (0, 0)].now += max(0, rest.now)
      sums[.unknown, default: (0, 0)].before += max(0, rest.before)
    }
    if let cancelled = sums[.nobody] {
      let slow = (
        now: min(givenUp.now, cancelled.now), before: min(givenUp.before, cancelled.before)
      )
      sums[.nobody] = (cancelled.now - slow.now, cancelled.before - slow.before)
      if slow.now > 0 || slow.before > 0 {
        sums[.vendor, default: (0, 0)].now += slow.now
        sums[.vendor, default: (0, 0)].before += slow.before
      }
    }
    return Blame.allCases.compactMap { blame in
      sums[blame].flatMap {
        $0.now > 0 || $0.before > 0 ? (blame: blame, now: $0.now, before: $0.before) : nil
      }
    }
    .sorted { $0.now != $1.now ? $0.now > $1.now : $0.before > $1.before }
  }

  func vendorName(_ vendor: String?) -> String { vendor ?? "unknown vendor" }

  /// `Thu 12 Nov 09:15`.
  func clock(_ time: Int64) -> String {
    formatLocal(time, zone: zone, style: .weekday) + " "
      + formatLocal(time, zone: zone, style: .minutes).suffix(5)
  }

  /// `up, 2.8×`, where that is the ratio of the two counts; else of what it is one: `up, 2.3× per
  /// request`.
  func words(on mover: Mover) -> String {
    guard let factor = factor(of: mover) else { return mover.change.direction.words }
    let unit = isOfCounts(factor, mover) ? "" : " per \(mover.exposure.unit.rawValue)"
    return "\(mover.change.direction.words), \(factor)\(unit)"
  }

  /// The same with the rates that it is made of, where they are not the counts: `up, 2.8×: 5.99 % to
  /// 16.7 % of requests`.
  func detailedWords(on mover: Mover) -> String {
    guard let factor = factor(of: mover), !isOfCounts(factor, mover),
      let before = rate(of: mover, now: false, isShort: true), let now = rate(of: mover, now: true)
    else { return words(on: mover) }
    return "\(mover.change.direction.words), \(factor): \(before) to \(now)"
  }

  private func factor(of mover: Mover) -> String? {
    switch mover.change.direction {
    case .up, .down: mover.change.ratio.map(times)
    case .noClearChange, .new, .gone: nil
    }
  }

  private func isOfCounts(_ factor: String, _ mover: Mover) -> Bool {
    factor == times(Double(mover.compared.now) / Double(max(1, mover.compared.before)))
  }

  /// The words of a table's cell, or on which day most of a rise came that is no clear change.
  func words(of mover: Mover) -> String {
    guard mover.change.direction == .noClearChange, let ratio = mover.change.ratio, ratio >= 1.2
    else { return detailedWords(on: mover) }
    let own = counts.calendar.firstDay..<mover.daily.count
    guard own.count > 2, let worst = own.max(by: { mover.daily[$0] < mover.daily[$1] }),
      mover.daily[worst] * 2 >= Int(mover.now), mover.daily[worst] >= 10
    else { return detailedWords(on: mover) }
    let day = counts.calendar.days[worst]
    return "mostly on \(formatLocal(day.since, zone: zone, style: .weekday))"
  }

  /// Fewer errors are good.
  func tone(of change: Change) -> Tone {
    switch change.direction {
    case .up, .new: .bad
    case .down, .gone: .good
    case .noClearChange: .neutral
    }
  }

  /// `20.1 % of requests`, `6.1 a day`, in short `20.1 %`; nil where there is nothing to divide by.
  func rate(of mover: Mover, now isNow: Bool, isShort: Bool = false) -> String? {
    let count = isNow ? mover.compared.now : mover.compared.before
    return mover.exposure.rate(of: count, now: isNow).map { rate in
      if rate == 0 { return "none" }
      let all = isNow ? mover.exposure.now : mover.exposure.before
      if mover.exposure.unit == .request, all < 20 {
        return "\(grouped(count)) of \(grouped(Int64(all)))" + (isShort ? "" : " requests")
      }
      return switch mover.exposure.unit {
      case .request: percent(rate) + (isShort ? "" : " of requests")
      case .day: decimal(rate, places: rate < 10 ? 1 : 0) + (isShort ? "" : " a day")
      }
    }
  }

  /// `once`, `16 times`.
  func timesWord(_ count: Int64) -> String {
    count == 1 ? "once" : "\(grouped(count)) times"
  }
}

extension Change.Direction {
  fileprivate var words: String {
    switch self {
    case .up: "up"
    case .down: "down"
    case .noClearChange: "no clear change"
    case .new: "new"
    case .gone: "gone"
    }
  }
}

/// `1 error`, `1,204 errors`.
func count(_ number: Int64, _ noun: String) -> String {
  "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}
