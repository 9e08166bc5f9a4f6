internal import Analysis
package import Answers
internal import Events
package import Profiles
internal import Store

/// What retries did of errors: which would not have come, had the vendors' advice been followed.
package struct RetryFindings {
  /// Whether all errors were judged; else only 429s, by their delays.
  var isWhole: Bool
  var totals: RetryCounts
  var rows: [RetryRow]
  /// What is documented of the errors that would not have come, most frequent first.
  var policies: [RetryPolicy]
}

/// What a vendor documents of an error.
struct RetryPolicy {
  var vendor: String?
  var docs: String?
  var status: Int32
  var code: String?
  var kind: Kind
  var policy: RetryKnowledge.Policy
  var selfInflicted: Int64
}

extension Question {
  /// Errors of a consumer's own making, by vendor and consumer.
  package func retries(catalog: Catalog) throws -> Answer {
    let found = try judgedErrors(catalog)
    let answer = Answer(
      title: "Retries against advice", notes: [note],
      sections: [retrySection(found)]
        + (found.policies.isEmpty ? [] : [retryPolicySection(found.policies)]),
      value: retryValues(found), rows: "rows",
      header: ["vendor", "consumer"] + RetryCounts().values.map(\.0) + ["worst"])
    return try honest(answer, from: .events)
  }

  /// The same for a report that must not take long: of more than `most` errors, only the 429s are
  /// judged, by whether they came before the Retry-After of the one before had passed.
  ///
  /// - Parameters:
  ///   - errors: how many errors the range has, as far as its asker knows.
  ///   - rejections: the 429s by vendor.
  ///   - catalog: asked for only if all errors are judged.
  func retryFindings(
    errors: Int64, most: Int64 = 10_000, rejections: [VendorRejections],
    catalog: () throws -> Catalog
  ) throws -> RetryFindings {
    errors > most ? judgedRejections(in: rejections) : try judgedErrors(try catalog())
  }

  /// Errors of the hour before lead up to those of the range, and are not counted.
  private func judgedErrors(_ catalog: Catalog) throws -> RetryFindings {
    let knowledge = RetryKnowledge(self, catalog)
    var reading = CallReading(self)
    var audit = RetryAudit(knowledge)
    var tally = RetryTally()
    var policies: [PolicyKey: Int64] = [:]
    let lead = TimeRange(since: range.since - Milliseconds.hour, until: range.until)
    try store.calls(during: covered(lead)) { stored in
      let call = reading.call(stored)
      guard vendors.isEmpty || asksAbout(vocabulary.vendors[Int(call.vendor)]) else { return }
      let counts = call.time >= range.since
      let fault = audit.add(call, counts: counts)
      if counts { tally.add(call, errors: 1) }
      guard let fault else { return }
      tally.add(call, fault)
      guard fault.selfInflicted > 0 else { return }
      let key = PolicyKey(
        vendor: call.vendor, status: call.status, code: call.code, kind: call.kind,
        policy: knowledge.policy(for: call))
      policies[key, default: 0] += fault.selfInflicted
    }
    let documented = policies.map { key, count in
      let vendor = vocabulary.vendors[Int(key.vendor)]
      return RetryPolicy(
        vendor: vendor, docs: vendor.flatMap(catalog.vendor(named:))?.docs, status: key.status,
        code: vocabulary.codes[Int(key.code)], kind: key.kind, policy: key.policy,
        selfInflicted: count)
    }
    return RetryFindings(
      isWhole: true, totals: tally.totals, rows: tally.rows(naming: vocabulary),
      policies: documented.sorted {
        let (one, other) = ($0.kind.name + $0.policy.text, $1.kind.name + $1.policy.text)
        return ($1.selfInflicted, $0.vendor ?? "", $0.status, $0.code ?? "", one)
          < ($0.selfInflicted, $1.vendor ?? "", $1.status, $1.code ?? "", other)
      })
  }

  /// What errors are told apart by, where their vendors' advice is told.
  private struct PolicyKey: Hashable {
    var vendor: Int32
    var status: Int32
    var code: Int32
    var kind: Kind
    var policy: RetryKnowledge.Policy
  }

  /// Who calls what, by number, how often it was rejected, and what it was told.
  private struct RejectedCaller {
    /// Its route is -1 where it may stand for many paths, each with a limit of its own.
    let call: FailedCall
    var errors: Int64 = 0
    var replies = Replies()
  }

  /// Reads no event: only what the vendors' rejections show.
  private func judgedRejections(in lists: [VendorRejections]) -> RetryFindings {
    var numbers = CombinationNumbers()
    var reading = CallReading(self)
    // There are few callers, and many calls.
    var callers: [RejectedCaller] = []
    var early: [(caller: Int, by: Int64)] = []
    for (vendor, rejections) in lists {
      for rejection in rejections {
        let caller = numbers.number(of: Int32(vendor), rejection.consumer, rejection.route)
        if caller == callers.count {
          var call = FailedCall(time: 0)
          (call.vendor, call.consumer, call.status) = (Int32(vendor), rejection.consumer, 429)
          if reading.isPath(route: Int(rejection.route)) { call.route = rejection.route }
          callers.append(RejectedCaller(call: call))
        }
        let counts = rejection.time >= range.since
        if counts { callers[caller].errors += 1 }
        guard callers[caller].call.isJudged else { continue }
        let earliness = callers[caller].replies.add(
          time: rejection.time, status: 429, latency: nil,
          retryAfter: Int64(rejection.retryAfter))
        if counts, let earliness { early.append((caller, earliness)) }
      }
    }
    var tally = RetryTally()
    for caller in callers where caller.errors > 0 {
      tally.add(caller.call, errors: caller.errors)
    }
    for (caller, earliness) in early {
      tally.add(callers[caller].call, .early(by: earliness))
    }
    return RetryFindings(
      isWhole: false, totals: tally.totals, rows: tally.rows(naming: vocabulary), policies: [])
  }
}
