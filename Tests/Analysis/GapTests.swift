import Analysis
import Testing

@Suite struct GapTests {
  /// Two weeks of hours, 60 responses in each by day and 6 by night.
  private func fortnight() -> (counts: [Int], cells: [Int]) {
    let hours = Array(0..<14 * 24)
    return (
      hours.map { (8..<20).contains($0 % 24) ? 60 : 6 },
      hours.map { $0 % 24 + ($0 / 24 % 7 >= 5 ? 24 : 0) }
    )
  }

  @Test func `an hour has the usual responses of such hours`() {
    let (counts, cells) = fortnight()
    let hours = UsualHours(counts, cells: cells)
    #expect(hours.usual[200] == 60)
    #expect(hours.usual[192] == 6)
    #expect(hours.dents(in: counts).isEmpty)
  }

  @Test(arguments: [(200, 203, true), (194, 197, false)])
  func `hours without responses are looked at where many are usual`(
    first: Int, end: Int, found: Bool
  ) {
    var (counts, cells) = fortnight()
    for hour in first..<end { counts[hour] = 0 }
    let dents = UsualHours(counts, cells: cells).dents(in: counts)
    #expect(dents == (found ? [first..<end] : []))
  }

  @Test func `what was silent a week before is not missed`() {
    var (counts, cells) = fortnight()
    for week in 0...1 {
      for hour in 32..<40 { counts[week * 168 + hour] = 0 }
    }
    let dents = UsualHours(counts, cells: cells).dents(in: counts)
    #expect(dents == [32..<40])  // before which no week is known
  }

  @Test func `a silence has its minutes and what is usual in them`() {
    var counts = Array(repeating: 1, count: 1440)
    for minute in 600..<700 { counts[minute] = 0 }
    let usual = Array(repeating: 1.0, count: 1440)
    let found = silences(in: counts, usual: usual)
    #expect(found.map(\.minutes) == [600..<700])
    #expect(found.map(\.expected) == [100])
    for minute in 620..<1440 { counts[minute] = 1 }
    #expect(silences(in: counts, usual: usual).isEmpty)  // 20 are not more than 20
    for minute in 1400..<1440 { counts[minute] = 0 }
    #expect(silences(in: counts, usual: usual).map(\.minutes) == [1400..<1440])
  }

  @Test func `who comes in batches is not missed between them`() {
    let counts = (0..<2880).map { $0 % 30 == 0 || $0 == 1445 ? 60 : 0 }
    let usual = Array(repeating: 2.0, count: 2880)
    #expect(silences(in: counts, usual: usual).isEmpty)
  }

  @Test func `of a first weekend nobody knows how much is usual`() {
    // From Monday on, sixty responses an hour on weekdays and none on the weekend.
    let hours = Array(0..<7 * 24)
    let counts = hours.map { $0 < 120 ? 60 : 0 }
    let cells = hours.map { $0 % 24 + ($0 >= 120 ? 24 : 0) }
    #expect(UsualHours(counts, cells: cells).dents(in: counts).isEmpty)
    #expect(
      UsualHours(Array(counts[..<130]), cells: cells).dents(in: Array(counts[..<130])).isEmpty)
  }

  @Test func `who is silent now and then is not missed for as long as that`() {
    // Five minutes of work, and between them an hour, or two, or three.
    var isHeard: [Bool] = []
    for round in 0..<120 {
      isHeard += Array(repeating: true, count: 5)
      isHeard += Array(repeating: false, count: 60 * (1 + round % 3))
    }
    let usual = Array(repeating: 10.0, count: isHeard.count / 60 + 1)
    let limit = OwnSilences(of: isHeard, usual: usual).limit
    #expect(limit > 40 && limit < 200)
    // A single silence does not say what is usual.
    let once = isHeard + Array(repeating: false, count: 3000) + isHeard
    let other = OwnSilences(
      of: once, usual: Array(repeating: 10.0, count: once.count / 60 + 1)
    ).limit
    #expect(other < 300)
  }

  @Test func `who is never silent is missed at once`() {
    #expect(OwnSilences(of: Array(repeating: true, count: 600), usual: [60]).limit == 0)
    #expect(OwnSilences(of: [], usual: []).limit == 0)
    let broken = (0..<6000).map { !(3000..<3100).contains($0) }
    #expect(OwnSilences(of: broken, usual: Array(repeating: 60, count: 100)).limit == 0)
  }
}
