import Checks
import Foundation
import Reports
import Store
import Times

/// Checks of a log, as a cron job runs them.
extension ImportedLog {
  /// The lines of a check by the clock, those of what is unknown with a `?` before. With a job it
  /// is remembered.
  func check(
    _ rules: String..., at time: String, job: String? = nil, again: Int64? = nil,
    resolved: Bool = false, late: Int64 = 2 * Milliseconds.day, vendors: [String] = []
  ) throws -> [String] {
    let now = try moment(time)
    let check = try RuleCheck(
      Question(reopened(), vendors: vendors, now: now),
      rules.map { PlacedRule(try Rule($0)) }, at: .clock(now: now, late: late), job: job,
      again: again)
    if let job { try remember(check.memory, by: job, at: now) }
    return check.told(resolved: resolved)
  }

  /// The lines of a check of a range.
  func check(_ rules: String..., since: String, until: String) throws -> [String] {
    let check = try RuleCheck(
      Question(
        reopened(), since: try moment(since), until: try moment(until)),
      rules.map { PlacedRule(try Rule($0)) }, at: .range)
    return check.told()
  }
}

extension RuleCheck {
  /// Its lines, with the clock alone where they speak of that Friday.
  fileprivate func told(resolved: Bool = false) -> [String] {
    (lines(resolved: resolved) + unknown.map { "? " + $0 }).map {
      $0.replacingOccurrences(of: "2026-11-06 ", with: "")
        .replacingOccurrences(of: " (UTC)", with: "")
    }
  }
}

/// A time of Friday, 6 November 2026, such as `14:30`, or any other that is written out.
private func moment(_ text: String) throws -> Int64 {
  try at(text.count == 5 ? "2026-11-06T\(text):00Z" : text)
}

/// So many responses, one every ten seconds from a time of that Friday on.
func lines(
  _ count: Int, from time: String, _ vendor: String?, _ status: Int, code: String? = nil,
  route: String? = nil, consumer: String? = nil
) throws -> [String] {
  let start = try moment(time)
  return (0..<Int64(count)).map {
    line(
      start + $0 * 10_000, vendor, status, code: code, route: route, consumer: consumer)
  }
}
