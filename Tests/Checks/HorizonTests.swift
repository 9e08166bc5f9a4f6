import Checks
import Testing
import Times

/// Which windows a check by the clock judges, in minutes: those that end after the first number, up
/// to the second. Data may come a day late.
@Suite struct HorizonTests {
  private let minute = Milliseconds.minute

  private func horizon(_ now: Int64) -> Horizon {
    Horizon(now: now * minute + 31_000, late: Milliseconds.day)
  }

  private func told(_ range: TimeRange) -> [Int64] { [range.since / minute, range.until / minute] }

  @Test func `the first time, the window before the newest event and what follows`() {
    let newest = 9_990 * minute + 5
    #expect(told(horizon(10_000).first(window: 5 * minute, newest: newest)) == [9_986, 10_000])
    #expect(told(horizon(10_000).first(window: 60 * minute, newest: newest)) == [9_931, 10_000])
  }

  @Test func `of an old log there is what may come late, of none nothing`() {
    #expect(told(horizon(10_000).first(window: minute, newest: nil)) == [10_000, 10_000])
    #expect(told(horizon(10_000).first(window: minute, newest: 5)) == [8_560, 10_000])
    #expect(told(horizon(10_000).first(window: minute, newest: .max)) == [9_999, 10_000])
  }

  @Test func `from the last check on, or from what has come since`() {
    let horizon = horizon(10_000)
    #expect(told(horizon.next(judged: 9_995 * minute, arrived: nil)) == [9_995, 10_000])
    #expect(
      told(horizon.next(judged: 9_995 * minute, arrived: 9_997 * minute)) == [9_995, 10_000])
    #expect(
      told(horizon.next(judged: 9_995 * minute, arrived: 9_980 * minute + 9)) == [9_980, 10_000])
  }

  @Test func `what comes too late is not judged, nor is what was missed for long`() {
    #expect(told(horizon(10_000).next(judged: 9_995 * minute, arrived: 5)) == [8_560, 10_000])
    #expect(told(horizon(10_000).next(judged: 5, arrived: nil)) == [8_560, 10_000])
    #expect(told(horizon(10_000).next(judged: .min, arrived: .min)) == [8_560, 10_000])
  }

  @Test func `with a clock that was set back nothing is judged until it has caught up`() {
    #expect(told(horizon(10_000).next(judged: 10_005 * minute, arrived: nil)) == [10_000, 10_000])
    #expect(told(horizon(10_000).next(judged: .max, arrived: .max)) == [10_000, 10_000])
  }
}
