internal import Times

/// A burn rate that is too high: how many times as fast as it would last a budget is used, over a
/// long window, which shows that it matters, and over a short one, which shows that it goes on.
///
/// The three are those of the SRE workbook for a budget of 30 days, in proportion for others.
/// <https://sre.google/workbook/alerting-on-slos/>
package struct BurnAlert: Sendable, Equatable {
  package enum Speed: String, Sendable, CaseIterable {
    /// To be looked at now.
    case fast
    /// To be looked at in the next days.
    case slow
  }

  package let speed: Speed
  /// Milliseconds, whole minutes, as `short` is.
  package let long: Int64
  package let short: Int64
  /// The limit in tenths: exact, as a decimal number is.
  package let tenths: Int64

  package var limit: Double { Double(tenths) / 10 }

  private init(_ speed: Speed, _ tenths: Int64, long: Int64) {
    self.speed = speed
    self.tenths = tenths
    self.long = long
    short = BurnAlert.wholeMinutes(long, dividedBy: 12)
  }

  /// The alerts of a budget, the fastest first: what takes a fiftieth, a twentieth and a tenth of it
  /// in a 720th, a 120th and a tenth of its time.
  ///
  /// - Parameter window: the budget's time in milliseconds.
  package static func all(for window: Int64) -> [BurnAlert] {
    [
      BurnAlert(.fast, 144, long: wholeMinutes(window, dividedBy: 720)),
      BurnAlert(.fast, 60, long: wholeMinutes(window, dividedBy: 120)),
      BurnAlert(.slow, 10, long: wholeMinutes(window, dividedBy: 10)),
    ]
  }

  /// At least one.
  private static func wholeMinutes(_ length: Int64, dividedBy divisor: Int64) -> Int64 {
    let minute = Milliseconds.minute
    return max(1, (length / divisor + minute / 2) / minute) * minute
  }
}
