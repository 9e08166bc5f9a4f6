import Analysis
import Events
import Testing

/// Advice by kind, and messages that are the same only by number.
private struct Advice: CallKnowledge {
  var advice: RetryAdvice

  func advice(for call: FailedCall) -> RetryAdvice { advice }
  func saySame(_ one: FailedCall, _ other: FailedCall) -> Bool { false }
  /// When the vendor answered anybody well, in seconds as those of calls.
  var successes: [Double] = []

  func hadSuccesses(between one: FailedCall, and other: FailedCall) -> Bool {
    successes.contains { (one.time...other.time).contains(call($0, 200).time) }
  }
}

private func call(
  _ seconds: Double, _ status: Int32, _ change: (inout FailedCall) -> Void = { _ in }
)
  -> FailedCall
{
  var call = FailedCall(time: 1_772_409_600_000 + Int64((seconds * 1000).rounded()))
  call.vendor = 0
  call.consumer = 1
  call.route = 2
  call.method = 0
  call.path = 3
  call.status = status
  call.kind = Kind(status: Int(status))
  call.latency = 50
  change(&call)
  return call
}

/// What is wrong with each call in turn.
private func faults(
  _ calls: [FailedCall], _ advice: RetryAdvice, successes: [Double] = []
) -> [RetryFault?] {
  var audit = RetryAudit(Advice(advice: advice, successes: successes))
  return calls.map { audit.add($0) }
}

@Suite struct EarlyRetryTests {
  private func rejection(
    _ seconds: Double, wait: Int64? = 20, _ change: (inout FailedCall) -> Void = { _ in }
  ) -> FailedCall {
    call(seconds, 429) {
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
    #expect(faults([rejection(0), call(5, 404), rejection(10)]) == [nil, nil, nil])
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
    #expect(faults([rejection(0), call(5, 404)]) == [nil, nil])
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

@Suite struct RepeatedCallTests {
  private func refusal(
    _ seconds: Double, _ status: Int32 = 404, _ change: (inout FailedCall) -> Void = { _ in }
  ) -> FailedCall {
    call(seconds, status) {
      $0.namesItem = true
      $0.mayHaveBody = false
      $0.message = 5
      change(&$0)
    }
  }

  @Test func `a call that must not be repeated and comes again`() {
    let calls = [refusal(0), refusal(2), refusal(4)]
    #expect(faults(calls, .never) == [nil, .repeated, .repeated])
    #expect(faults(calls, .upgrade) == [nil, .repeated, .repeated])
    #expect(faults(calls, .pay) == [nil, .repeated, .repeated])
    #expect(faults(calls, .afterDelay) == [nil, nil, nil])
  }

  @Test func `ten minutes later it is another call`() {
    #expect(faults([refusal(0), refusal(600)], .never) == [nil, .repeated])
    #expect(faults([refusal(0), refusal(601)], .never) == [nil, nil])
  }

  @Test func `a fresh credential may be tried once`() {
    #expect(
      faults([refusal(0, 401), refusal(2, 401), refusal(4, 401)], .refresh)
        == [nil, nil, .repeated])
  }

  @Test func `after its delay a call may be tried once, where the vendor says so`() {
    let calls = [0, 30.5, 61, 91.5].map { refusal($0, 429) { $0.retryAfter = 30_000 } }
    #expect(faults(calls, .onceAfterDelay) == [nil, nil, .repeated, .repeated])
    #expect(faults(calls, .afterDelay) == [nil, nil, nil, nil])
  }

  @Test func `what differs in anything that is known is another call`() {
    for change: (inout FailedCall) -> Void in [
      { $0.consumer = 7 }, { $0.route = 7 }, { $0.path = 7 }, { $0.method = 7 }, { $0.code = 7 },
      { $0.status = 400 }, { $0.message = 7 }, { $0.details = 7 }, { $0.kind = .malformed },
    ] {
      #expect(faults([refusal(0), refusal(2, 404, change)], .never) == [nil, nil])
    }
  }

  @Test func `where it may have been another call, nothing is claimed`() {
    func two(_ status: Int32, _ change: @escaping (inout FailedCall) -> Void) -> RetryFault? {
      faults([0.0, 2].map { refusal($0, status, change) }, .never)[1]
    }
    for status: Int32 in [402, 403, 404, 405, 409] {
      #expect(two(status) { _ in } == .repeated)
      #expect(two(status) { $0.mayHaveBody = true } == .alike(1))
      // A path may stand for one person after another, and with a query for one thing after another.
      #expect(two(status) { $0.namesItem = false } == .alike(1))
      #expect(two(status) { $0.method = -1 } == .alike(1))
      #expect(two(status) { $0.path = nil } == nil)
    }
    // A query may be what is wrong.
    #expect(two(422) { _ in } == .alike(1))
  }

  @Test func `the refusals of many people behind one consumer are no repetitions`() {
    let calls = (0..<50).map { place in
      refusal(Double(place) * 5, 401) { $0.path = UInt64(100 + place) }
    }
    #expect(faults(calls, .refresh).allSatisfy { $0 == nil })
    // Nor are they where the paths do not tell them apart.
    let unnamed = calls.map { call in
      var call = call
      (call.path, call.namesItem) = (3, false)
      return call
    }
    #expect(faults(unnamed, .refresh).allSatisfy { $0 != .repeated })
  }

  @Test func `who was let in meanwhile may be the same`() {
    let calls = [0, 2, 4, 6].map { refusal($0, 401) }
    #expect(faults(calls, .refresh) == [nil, nil, .repeated, .repeated])
    #expect(faults(calls, .refresh, successes: [3]) == [nil, nil, nil, nil])
    // What is not there is not there, whoever else was answered.
    let missing = [0.0, 2].map { refusal($0) }
    #expect(faults(missing, .never, successes: [1]) == [nil, .repeated])
  }

  @Test func `calls made side by side are not repetitions of each other`() {
    let calls = [0, 0.1, 0.2, 0.7].map { refusal($0) { $0.latency = 500 } }
    #expect(faults(calls, .never) == [nil, nil, nil, .repeated])
  }

  @Test(arguments: [Kind.cancelled, .unknown])
  func `a call that its caller ended, or that failed nobody knows how, may come again`(kind: Kind) {
    let calls = [0, 2, 4].map { refusal($0, 499) { $0.kind = kind } }
    #expect(faults(calls, .never) == [nil, nil, nil])
  }
}

@Suite struct HastyRetryTests {
  /// Calls after these seconds, with latencies in milliseconds.
  private func row(
    _ waits: [Double], latency: Int64? = 100, _ change: (inout FailedCall) -> Void = { _ in }
  ) -> [FailedCall] {
    var times = [0.0]
    for wait in waits { times.append((times.last ?? 0) + wait + Double(latency ?? 0) / 1000) }
    return times.map { seconds in
      call(seconds, 503) {
        $0.latency = latency
        $0.namesItem = true
        $0.mayHaveBody = false
        change(&$0)
      }
    }
  }

  private func hasty(_ calls: [FailedCall], _ advice: RetryAdvice = .backoff) -> [Int] {
    faults(calls, advice).map { if case .hasty(let errors) = $0 { errors } else { 0 } }
  }

  @Test func `delays that do not grow are hasty from the third error on`() {
    #expect(hasty(row([1, 1, 1])) == [0, 0, 1, 1])
    #expect(hasty(row([0, 0, 0])) == [0, 0, 1, 1])
    #expect(hasty(row([5, 5.2, 4.9])) == [0, 0, 1, 1])
  }

  @Test(arguments: [
    [1, 2, 4, 8, 16], [1, 2, 4, 8, 16, 16, 16, 16], [0.1, 0.2, 0.4, 0.8], [1, 2, 3, 4],
    [2, 3, 4.5, 6.75], [1, 2, 4, 8, 1, 2, 4, 8], [20, 1, 2, 4, 8],
  ])
  func `delays that grow are what is asked for`(waits: [Double]) {
    #expect(hasty(row(waits)).allSatisfy { $0 == 0 })
    // Slow answers are no delays.
    #expect(hasty(row(waits, latency: 5000)).allSatisfy { $0 == 0 })
  }

  @Test func `without latencies, a long wait for answers may hide that delays grow`() {
    #expect(hasty(row([6, 7, 9], latency: nil)) == [0, 0, 0, 0])
    #expect(hasty(row([6, 6.1, 5.9], latency: nil)) == [0, 0, 1, 1])
  }

  @Test func `half a minute is delay enough`() {
    #expect(hasty(row([29, 29, 29])) == [0, 0, 1, 1])
    #expect(hasty(row([30, 30, 30])) == [0, 0, 0, 0])
  }

  @Test func `an answer that names its delay is no matter of growing delays`() {
    #expect(hasty(row([5, 5, 5]) { $0.retryAfter = 5000 }) == [0, 0, 0, 0])
  }

  @Test func `only where the vendor asks for growing delays`() {
    #expect(hasty(row([1, 1, 1]), .backoffIfIdempotent) == [0, 0, 1, 1])
    #expect(hasty(row([1, 1, 1]), .afterDelay) == [0, 0, 1, 1])
    #expect(hasty(row([1, 1, 1]), .never) == [0, 0, 0, 0])
  }

  @Test func `where calls may be others, a rhythm is told and not claimed`() {
    let waits = [1.1, 0.9, 1.05, 1, 0.95, 1]
    for change: (inout FailedCall) -> Void in [
      { $0.namesItem = false }, { $0.mayHaveBody = true }, { $0.method = -1 },
    ] {
      #expect(
        faults(row(waits, change), .backoff)
          == [nil, nil, nil, nil, .alike(3), .alike(1), .alike(1)])
    }
    let random = [0.4, 2.6, 1.1, 0.2, 3.3, 1.9, 0.7, 0.1, 5.2, 1.3, 0.6]
    #expect(faults(row(random) { $0.namesItem = false }, .backoff).allSatisfy { $0 == nil })
  }

  @Test func `times that are cut to the second may hide that delays grow`() {
    let calls = row([0, 0, 0, 0], latency: 40).enumerated().map { place, call in
      var call = call
      call.time = 1_772_409_600_000 + Int64(place) * 1000
      return call
    }
    #expect(hasty(calls) == [0, 0, 0, 0, 0])
  }

  @Test func `calls of which one may have been on its way are not retries of each other`() {
    // By one of the two readings of its times, each was made before the answer before.
    var calls = row([1, 1, 1, 1])
    for place in calls.indices where place % 2 == 1 { calls[place].latency = 3000 }
    #expect(hasty(calls) == [0, 0, 0, 0, 0])
  }

  @Test func `calls that overlap are not retries of each other`() {
    var calls = row([0, 0, 0, 0])
    for place in calls.indices { calls[place].latency = 2000 }
    #expect(hasty(calls) == [0, 0, 0, 0, 0])
  }

  @Test func `what happened before the time asked about is not claimed`() {
    var audit = RetryAudit(Advice(advice: .backoff))
    let found = row([1, 1, 1, 1]).enumerated().map { audit.add($1, counts: $0 > 2) }
    #expect(found == [nil, nil, nil, .hasty(1), .hasty(1)])
  }
}
