package import Answers
package import Questions

/// What is said of an answer only where there is reason to: members that stand behind its own.
package struct Remarks: Described {
  var sameRequests: [SharedRequests]?
  var prunedBefore: Int64?
  var prunedVendors: [String]?
  var nothingOf: [String]?

  package static let fields = sharing.and(missing).and(absent)

  package static let sharing: Fields<Remarks> = [
    Field(
      "same_requests", onlyWhere: "which gateways logged the same requests, where some did"
    ) { $0.sameRequests }
  ]

  package static let missing: Fields<Remarks> = [
    Field(
      time: "pruned_before",
      onlyWhere: "where events or counts that it needs were pruned: up to when"
    ) { $0.prunedBefore },
    Field(
      "pruned_vendors", onlyWhere: "of which vendors, where more was pruned of some than of others"
    ) { $0.prunedVendors },
  ]

  package static let absent: Fields<Remarks> = [
    Field(
      "nothing_of",
      onlyWhere: "known vendors, gateways, codes, kinds and statuses of which the store has nothing"
    ) { $0.nothingOf }
  ]
}

extension Answer {
  /// Adds remarks to the answer's object.
  mutating func remark(_ remarks: Remarks) {
    guard case .object(var object) = value else { return }
    for member in remarks.object.members { object[member.name] = member.value }
    value = .object(object)
  }
}

extension SharedRequests: Described {
  package static let fields: Fields<SharedRequests> = [
    Field("gateway", "who logged them") { $0.gateway },
    Field("other", "who logged them, too") { $0.other },
    Field(
      "share", unit: "share", "about how many of the first one's ids stand in the other's log"
    ) { ($0.share * 100).rounded() / 100 },
  ]
}
