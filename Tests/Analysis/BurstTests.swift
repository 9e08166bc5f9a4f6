import Analysis
import Testing

private let monday: Int64 = 1_772_409_600_000  // 2026-03-02T00:00:00Z
private let week = monday..<monday + 7 * 86_400_000

/// Rejections some milliseconds apart, from noon on Monday.
private func series(every gap: Int64, count: Int, retryAfter: Int64? = nil) -> [Rejection] {
  (0..<count).map {
    Rejection(
      time: monday + 43_200_000 + Int64($0) * gap, consumer: 1, route: 1, retryAfter: retryAfter)
  }
}

@Suite struct BurstTests {
  @Test func `nothing has no bursts`() {
    #expect(bursts(in: [], during: week).isEmpty)
    #expect(bursts(in: [], during: 0..<0).isEmpty)
  }

  @Test(arguments: [(7, 0), (8, 1)])
  func `fewer than eight rejections are no burst`(count: Int, found: Int) {
    #expect(bursts(in: series(every: 1000, count: count), during: week).count == found)
  }

  @Test func `a burst ends where the quiet begins`() throws {
    let dense = series(every: 1000, count: 60)
    let strays = [monday, monday + 40_000_000, monday + 47_000_000, monday + 500_000_000]
    let burst = try #require(
      bursts(in: dense + strays.map { Rejection(time: $0) }, during: week).first)
    #expect(burst.indices == 2...61)
    #expect(burst.start == dense.first?.time)
    #expect(burst.end == dense.last?.time)
    #expect(burst.count == 60)
    #expect(burst.peakPerMinute == 60)
    #expect(burst.score > 14)
  }

  @Test(arguments: [(Int64(60), 1), (900, 2)])
  func `a minute of quiet is part of a burst and a quarter of an hour is not`(
    quiet: Int64, found: Int
  ) {
    let early = series(every: 1000, count: 30)
    let late = early.map { Rejection(time: $0.time + 29_000 + quiet * 1000) }
    #expect(bursts(in: early + late, during: week).count == found)
  }

  @Test func `a steady stream is no burst`() {
    let steady = (0..<5000).map { Rejection(time: monday + Int64($0) * 120_000) }
    #expect(bursts(in: steady, during: week).isEmpty)
  }

  @Test func `the background is what is usual outside the burst`() throws {
    let hourly = (0..<168).map { Rejection(time: monday + Int64($0) * 3_600_000 + 1_800_000) }
    let found = bursts(in: hourly + series(every: 100, count: 5000), during: week)
    #expect(found.count == 1)
    let burst = try #require(found.first)
    #expect(burst.count == 5000)
    #expect(abs(burst.backgroundPerHour - 1) < 0.1)
    #expect(burst.peakPerMinute == 600)
  }

  @Test func `plan limits in a burst are counted`() throws {
    var rejections = series(every: 1000, count: 20)
    for index in [3, 4, 19] { rejections[index].planLimited = true }
    #expect(try #require(bursts(in: rejections, during: week).first).planLimited == 3)
  }

  @Test func `twenty thousand rejections of one instant are one burst`() throws {
    let rejections = Array(repeating: Rejection(time: monday + 5), count: 20_000)
    let found = bursts(in: rejections, during: week)
    #expect(found.map(\.indices) == [0...19_999])
    #expect(found.map(\.peakPerMinute) == [20_000])
    #expect(bursts(in: rejections, during: monday..<monday).count == 1)
  }

  @Test func `rejections before the epoch are like any others`() {
    let rejections = series(every: 1000, count: 60).map { Rejection(time: $0.time - 2 * monday) }
    let coverage = week.lowerBound - 2 * monday..<week.upperBound - 2 * monday
    let found = bursts(in: rejections, during: coverage)
    #expect(found.map(\.indices) == [0...59])
  }

  @Test(arguments: [Int64.min..<Int64.max, 0..<0, week, Int64.max - 1..<Int64.max])
  func `times at the ends of time do no harm`(coverage: Range<Int64>) {
    let ends = [Int64.min, .min, .min + 1, -1, 0, monday, .max - 1, .max, .max]
    let rejections = (ends + ends + ends).map { Rejection(time: $0, retryAfter: .max) }
    for burst in bursts(in: rejections, during: coverage) {
      #expect(burst.score.isFinite && burst.backgroundPerHour.isFinite)
      #expect(burst.count >= 8)
    }
    let dense = (0..<100).map { Rejection(time: .max - $0 * 1000, retryAfter: .min) }
    #expect(bursts(in: dense, during: coverage).count == 1)
  }
}

@Suite struct SteadyLimitingTests {
  /// A rejection in one of so many minutes, for some hours.
  private func steady(everyMinutes minutes: Int64, hours: Int64) -> [Rejection] {
    (0..<hours * 60 / minutes).map { Rejection(time: monday + 43_200_000 + $0 * minutes * 60_000) }
  }

  private func found(_ rejections: [Rejection]) -> [SteadyLimiting] {
    steadyLimiting(in: rejections, besides: bursts(in: rejections, during: week))
  }

  @Test func `nothing is steady in nothing`() {
    #expect(found([]).isEmpty)
  }

  @Test(arguments: [(Int64(2), Int64(7), 1), (3, 12, 0), (1, 5, 0)])
  func `half of the minutes of six hours is steady`(minutes: Int64, hours: Int64, count: Int) {
    #expect(
      steadyLimiting(in: steady(everyMinutes: minutes, hours: hours), besides: []).count == count)
  }

  @Test func `what never lets up is steady and no burst`() throws {
    let rejections = (0..<10_080).map { Rejection(time: monday + $0 * 60_000 + 5) }
    #expect(bursts(in: rejections, during: week).isEmpty)
    let steady = try #require(found(rejections).first)
    #expect(steady.start == monday + 5)
    #expect(steady.end == rejections.last?.time)
    #expect(steady.count == 10_080)
    #expect(steady.perMinute == 1)
  }

  @Test func `what is one long burst is told as that`() {
    let rejections = series(every: 1000, count: 8 * 3600)
    #expect(bursts(in: rejections, during: week).count == 1)
    #expect(found(rejections).isEmpty)
    #expect(steadyLimiting(in: rejections, besides: []).count == 1)
  }

  @Test(arguments: [(Int64(59), 1), (61, 2)])
  func `an hour without a rejection ends it`(quiet: Int64, count: Int) {
    let morning = steady(everyMinutes: 1, hours: 7)
    let evening = morning.map { Rejection(time: $0.time + (7 * 60 + quiet) * 60_000) }
    #expect(steadyLimiting(in: morning + evening, besides: []).count == count)
  }

  @Test func `strays before and after are no part of it`() {
    let day = steady(everyMinutes: 1, hours: 10)
    let early = (1...9).map { Rejection(time: day[0].time - $0 * 5 * 60_000) }.reversed()
    let late = (1...9).map { Rejection(time: day[599].time + $0 * 5 * 60_000) }
    let found = steadyLimiting(in: early + day + late, besides: [])
    #expect(found.map(\.start) == [day[0].time])
    #expect(found.map(\.end) == [day[599].time])
    #expect(found.map(\.count) == [600])
  }
}

@Suite struct RetryAfterTests {
  private func verdict(_ rejections: [Rejection]) -> RetryAfterVerdict? {
    bursts(in: rejections, during: week).first?.retryAfter
  }

  @Test(arguments: [
    (Int64(10_500), Int64(10_000), RetryAfterVerdict.honoured),
    (9_000, 10_000, .honoured),  // a second early is forgiven
    (8_999, 10_000, .ignored),
    (5_000, 10_000, .ignored),
    (5_000, 0, .unknown),  // asks for nothing
  ])
  func `clients wait or they do not`(gap: Int64, asked: Int64, verdict: RetryAfterVerdict) {
    #expect(self.verdict(series(every: gap, count: 40, retryAfter: asked)) == verdict)
  }

  @Test func `without Retry-After nobody ignored it`() {
    #expect(verdict(series(every: 1000, count: 40)) == .unknown)
  }

  @Test(arguments: [
    (4, RetryAfterVerdict.ignored), (5, .partly), (8, .partly), (9, .honoured), (10, .honoured),
  ])
  func `nine of ten calls make it honoured, less than five ignored`(
    patient: Int, verdict: RetryAfterVerdict
  ) {
    var time = monday
    var rejections = [Rejection(time: time, consumer: 1, route: 1, retryAfter: 10_000)]
    for index in 0..<40 {
      time += index % 10 < patient ? 11_000 : 6_000
      rejections.append(Rejection(time: time, consumer: 1, route: 1, retryAfter: 10_000))
    }
    #expect(self.verdict(rejections) == verdict)
  }

  @Test func `two retries are too few to judge`() {
    var rejections = series(every: 6000, count: 40, retryAfter: 60_000)
    for index in rejections.indices { rejections[index].consumer = Int32(index) }
    #expect(verdict(rejections) == .unknown)
    for index in 37...39 { rejections[index].consumer = 0 }
    #expect(verdict(rejections) == .ignored)
    rejections[39].consumer = 39
    #expect(verdict(rejections) == .unknown)
  }

  @Test func `calls that may have been on their way ignored nothing`() {
    #expect(verdict(series(every: 100, count: 40, retryAfter: 4_000)) == .unknown)
    #expect(verdict(series(every: 1000, count: 40, retryAfter: 30_000)) == .ignored)
  }

  @Test(arguments: [
    (1, true, RetryAfterVerdict.honoured),  // each route repeats after 12 s
    (1, false, .unknown),  // a limit may be on a route
    (-1, true, .unknown),  // and on whoever it is
  ])
  func `a verdict is on one consumer and route`(
    consumer: Int, routed: Bool, verdict: RetryAfterVerdict
  ) {
    var rejections = series(every: 6000, count: 40, retryAfter: 12_000)
    for index in rejections.indices {
      rejections[index].consumer = Int32(consumer)
      rejections[index].route = routed ? Int32(index % 2) : -1
    }
    #expect(self.verdict(rejections) == verdict)
  }
}
