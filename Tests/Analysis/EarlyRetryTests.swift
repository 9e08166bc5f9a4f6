import Analysis
import Events
import Testing

@Suite struct EarlyRetryTests {
  private func rejection(
    _ seconds: Double, wait: Int64? = 20, _ change: (inout FailedCall) -> Void = { _ in }
  ) -> FailedCall {
    failedCall(seconds, 429) {
      $0.retryAfter = wait.map { $0 * 1000 }
      change(&$0)
    }
  }

  private func faults(_ calls: [FailedCall]) -> [RetryFault?] {
    AnalysisTests.faults(calls, .afterDelay)
  }

  @Test func `a call before the delay has passed came too early`() {
    #expect(faults([rejection(0), rejection(5)]) == [nil, .early(by: 15_000)])
  }

  @Test(arguments: [(19.0, false), (18.9, true), (20, false), (100, false)])
  func `a second is forgiven`(seconds: Double, isEarly: Bool) {
    #expect((faults([rejection(0), rejection(seconds)])[1] != nil) == isEarly)
  }

  @Test func `each answer begins a delay of its own`() {
    #expect(
      faults([rejection(0), rejection(15), rejection(34)])
        == [nil, .early(by: 5000), nil])
    #expect(
      faults([rejection(0), rejection(15), rejection(33)])
        == [nil, .early(by: 5000), .early(by: 2000)])
  }

  @Test func `the newest answer counts, not one before`() {
    #expect(
      faults([rejection(0, wait: 60), rejection(5, wait: 2), rejection(10)])
        == [nil, .early(by: 55_000), nil])
    #expect(
      faults([rejection(0), rejection(5, wait: nil), rejection(10)])
        == [nil, .early(by: 15_000), nil])
    // What came through in between was not limited.
    #expect(faults([rejection(0), failedCall(5, 404), rejection(10)]) == [nil, nil, nil])
  }

  @Test func `an answer that may have been the newest one counts as well`() {
    // The second one took a second: it came after the first one's answer, and may have been the
    // last that the third one's caller knew.
    let calls = [
      rejection(0, wait: 60) { $0.latency = 10 }, rejection(0.5, wait: 2) { $0.latency = 1000 },
      rejection(5, wait: 2) { $0.latency = 10 },
    ]
    #expect(faults(calls) == [nil, nil, nil])
    // It may have taken until after that, too.
    let slow = [
      rejection(0, wait: 60), rejection(0.5, wait: 2) { $0.latency = 7000 }, rejection(5),
    ]
    #expect(faults(slow) == [nil, nil, nil])
  }

  @Test func `a call that took long may have been made before there was any answer`() {
    let calls = [
      rejection(0, wait: 60), rejection(0.6, wait: 60),
      rejection(1.2, wait: 60) { $0.latency = 5000 },
    ]
    #expect(faults(calls) == [nil, .early(by: 59_400), nil])
  }

  @Test func `times that are cut to the second lie closer together than they look`() {
    let calls = [0.0, 1].map { seconds in rejection(seconds) { $0.latency = 400 } }
    #expect(faults(calls) == [nil, nil])
    #expect(faults(calls + [rejection(3)])[2] == .early(by: 18_000))
  }

  @Test func `a flood of answers is remembered for long enough`() {
    let flood = (0..<5000).map { place in
      rejection(Double(place) * 0.01, wait: 600) { $0.latency = 20 }
    }
    #expect(faults(flood).count { $0 != nil } > 4900)
    let unknown = flood.map { call in
      var call = call
      call.latency = nil
      return call
    }
    #expect(faults(unknown).count { $0 != nil } > 4400)
  }

  @Test func `a delay of nothing asks for nothing`() {
    #expect(faults([rejection(0, wait: 0), rejection(5)]) == [nil, nil])
  }

  @Test func `calls made side by side are not retries of each other`() {
    let calls = (0..<20).map { place in
      rejection(0.001 + Double(place) * 0.01) { $0.latency = 400 }
    }
    #expect(faults(calls).allSatisfy { $0 == nil })
    #expect(faults(calls + [rejection(2)]).last == .early(by: 18_151))
  }

  @Test func `where latencies are not known, five seconds lie between a call and its retry`() {
    let times = [0, 4.9, 5.0, 5.1]
    let found = faults(times.map { rejection($0) { $0.latency = nil } })
    #expect(found == [nil, nil, .early(by: 15_000), .early(by: 14_900)])
  }

  @Test func `other consumers, routes and vendors were not told to wait`() {
    for change: (inout FailedCall) -> Void in [
      { $0.consumer = 7 }, { $0.route = 7 }, { $0.vendor = 7 },
    ] {
      #expect(faults([rejection(0), rejection(5, change)]) == [nil, nil])
    }
    // The limit is on the route, whatever its paths, unless they name things that may have their own.
    #expect(faults([rejection(0), rejection(5) { $0.path = 9 }])[1] != nil)
    func two(_ path: UInt64?) -> RetryFault? {
      faults(
        [3, path].enumerated().map { place, path in
          rejection(Double(place) * 5) { ($0.namesItem, $0.path) = (true, path) }
        })[1]
    }
    #expect(two(3) == .early(by: 15_000))
    #expect(two(9) == nil)
    #expect(two(nil) == nil)
  }

  @Test func `an error of another status would have come all the same`() {
    #expect(faults([rejection(0), failedCall(5, 404)]) == [nil, nil])
  }

  @Test func `without consumer or route nothing is claimed`() {
    for change: (inout FailedCall) -> Void in [{ $0.consumer = -1 }, { $0.route = -1 }] {
      #expect(faults([rejection(0, change), rejection(5, change)]) == [nil, nil])
    }
  }

  @Test func `times and delays at the ends of what numbers can say do no harm`() {
    var first = rejection(0)
    first.time = .min
    first.retryAfter = .max
    var last = first
    last.time = .max
    #expect(faults([first, first, last, last]) == [nil, nil, nil, nil])
  }
}
