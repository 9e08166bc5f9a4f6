internal import Analysis
package import Answers
internal import Events
package import Profiles
internal import Questions
internal import Times

/// What retries did of errors: which would not have come, had the vendors' advice been followed.
package struct RetryFindings {
  /// Whether all errors were judged; else only 429s, by their delays.
  var isWhole: Bool
  var totals: RetryCounts
  /// The consumers who brought most upon themselves.
  var rows: [RetryRow]
  /// How many are not among these, how many of them did something wrong, and what they have in all.
  var others = 0
  var guiltyOthers = 0
  var rest = RetryCounts()
  /// What is documented of the errors that would not have come, most frequent first.
  var policies: [RetryPolicy]
  /// How much of that is left out.
  var otherPolicies = 0
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
      sections: forPeople {
        [retrySection(found)] + (found.policies.isEmpty ? [] : [retryPolicySection(found)])
      },
      value: forPrograms { RetryAnswer(range: range, found: found).value }, rows: "rows",
      header: RetryLine.fields.names)
    return try honest(answer, from: .events)
  }

  /// Errors of the hour before lead up to those of the range, and are not counted.
  ///
  /// Those of consumers, and of a consumer's routes, are judged in parts where they are too many.
  func judgedErrors(_ catalog: Catalog) throws -> RetryFindings {
    let knowledge = RetryKnowledge(self, catalog)
    var policies = PolicyCounts()
    var findings = RetrySums(most: top.groups)
    // A part that is too large is judged again: until then its policies count for nothing.
    for sums in try inParts({ parties in
      var tally = RetryTally()
      var own = PolicyCounts()
      for part in try inParts({ try judged($0, of: parties, knowledge) }) {
        tally.add(part.tally)
        own.add(part.policies)
        if tally.isTooLarge { throw Part.TooLarge() }
      }
      return (sums: tally.sums(most: top.groups, naming: vocabulary), policies: own)
    }) {
      findings.add(sums.sums)
      policies.add(sums.policies)
    }
    var found = findings.findings(isWhole: true)
    let documented = policies.ranking(top.groups, naming: vocabulary)
    found.policies = documented.largest.map { entry in
      let key = entry.group
      let vendor = vocabulary.vendors[Int(key.vendor)]
      return RetryPolicy(
        vendor: vendor, docs: vendor.flatMap(catalog.vendor(named:))?.docs, status: key.status,
        code: vocabulary.codes[Int(key.code)], kind: key.kind, policy: key.policy,
        selfInflicted: entry.size.0)
    }
    found.otherPolicies = documented.others
    return found
  }

  /// What is wrong with the calls of some callers.
  private func judged(
    _ part: Part, of parties: Part, _ knowledge: RetryKnowledge
  ) throws -> (tally: RetryTally, policies: PolicyCounts) {
    var reader = CallReader(self)
    var audit = RetryAudit(knowledge)
    var tally = RetryTally()
    var policies = PolicyCounts()
    let lead = TimeRange(since: range.since - Milliseconds.hour, until: range.until)
    // What leads up to an error may be of any sort.
    let isMeant = try filtered?.choice(during: range) ?? { _ in true }
    try wholeArchive.calls(during: covered(lead)) { stored in
      let call = reader.call(stored)
      guard asksAbout(number: Int(call.vendor)) else { return }
      if parties.count > 1 {
        guard parties.holds(Part.hash([call.vendor, call.consumer])) else { return }
      }
      if part.count > 1 {
        guard part.holds(Part.hash([call.vendor, call.consumer, call.route])) else { return }
      }
      let counts = call.time >= range.since && isMeant(stored)
      let fault = audit.add(call, counts: counts)
      if counts { tally.add(call, errors: 1) }
      if audit.callerCount > Part.most / 8 || tally.isTooLarge { throw Part.TooLarge() }
      guard let fault else { return }
      tally.add(call, fault)
      guard fault.selfInflicted > 0 else { return }
      policies.add(call, knowledge.policy(for: call), fault.selfInflicted)
    }
    return (tally, policies)
  }
}
