import Analysis
import Testing

@Suite struct RejectedCallerTests {
  /// Every call judged, whoever made it.
  private func plain(_ rejections: [Rejection], since: Int64) -> [[Int64]] {
    var replies: [[Int32]: Replies] = [:]
    var found: [[Int64]] = []
    for rejection in rejections {
      let caller = [rejection.consumer, rejection.route]
      let earliness = replies[caller, default: Replies()].add(
        time: rejection.time, status: 429, latency: nil, retryAfter: Int64(rejection.retryAfter))
      guard rejection.consumer >= 0, rejection.time >= since, let earliness else { continue }
      found.append([Int64(rejection.consumer), Int64(rejection.route), earliness])
    }
    return found.sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test func `only callers who may have called too early are judged, and none is missed`() throws {
    var chance = Chance(seed: 41)
    var all = 0
    for round in 0..<60 {
      var time: Int64 = 1_772_409_600_000
      let pace: Int64 = [200, 5000, 60_000, 400_000][round % 4]
      let rejections = (0..<400).map { _ -> Rejection in
        time += Int64.random(in: 0...pace, using: &chance)
        return Rejection(
          time: time, consumer: Int32.random(in: -1...5, using: &chance),
          route: Int32.random(in: -1...3, using: &chance),
          retryAfter: [nil, 0, 999, 1000, 1001, 30_000, 90_000].randomElement(using: &chance) ?? nil
        )
      }
      let since = rejections[100].time
      #expect(RejectedCallers(of: rejections, since: since, most: 5) == nil)
      let callers = try #require(RejectedCallers(of: rejections, since: since, most: 100))
      var found: [[Int64]] = []
      callers.eachEarly(of: rejections, since: since, where: { callers[$0].consumer >= 0 }) {
        let (consumer, route) = callers[$0]
        found.append([Int64(consumer), Int64(route), $1])
      }
      let errors = (0..<callers.count).reduce(0) { $0 + callers.errors(of: $1) }
      #expect(errors == Int64(rejections.count { $0.time >= since }))
      #expect(found.sorted { $0.lexicographicallyPrecedes($1) } == plain(rejections, since: since))
      all += found.count
    }
    #expect(all > 300)
  }
}
