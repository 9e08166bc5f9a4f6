/// What was being done with a store when something failed, and what came of it.
package enum Doing: Sendable, CaseIterable {
  case reading, importing, pruning, shrinking, repairing, remembering

  var fullDisk: String {
    switch self {
    case .reading: "the disk is full, and to ask takes some room as well"
    default: "the disk is full"
    }
  }

  var outcome: String {
    switch self {
    case .reading: "the store is as it was"
    case .importing: "what was in flight was not stored, all before it was"
    case .pruning: "what was removed before is gone, the rest is still there"
    case .shrinking: "what was to go is gone, and its room is free inside the store"
    case .repairing: "what was in flight was not repaired, and is as it was"
    case .remembering: "nothing is remembered of this check"
    }
  }
}
