import Analysis
import Events
import Testing

@Suite struct RepeatedCallTests {
  private func refusal(
    _ seconds: Double, _ status: Int32 = 404, _ change: (inout FailedCall) -> Void = { _ in }
  ) -> FailedCall {
    failedCall(seconds, status) {
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
      failedCall(seconds, 503) {
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
    var audit = RetryAudit(StandingAdvice(advice: .backoff))
    let found = row([1, 1, 1, 1]).enumerated().map { audit.add($1, counts: $0 > 2) }
    #expect(found == [nil, nil, nil, .hasty(1), .hasty(1)])
  }
}
