/// What was being done with a store when something failed: what came of it, and what helps.
package enum Doing: Sendable {
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

  /// What to do where there is no room.
  var room: String {
    switch self {
    case .reading: "free some room, beside the store or for temporary files (SQLITE_TMPDIR),"
    case .importing, .remembering: "free some room"
    case .pruning, .repairing: "free some room (what is changed is first written beside the store)"
    case .shrinking:
      "free as much room as the store has, beside it and for temporary files (SQLITE_TMPDIR)"
    }
  }

  /// What comes of doing it again.
  var again: String {
    switch self {
    case .reading: "run the same command again"
    case .importing: "run the same command again: nothing is stored twice"
    case .pruning: "prune again: it goes on where it stopped"
    case .shrinking: "prune again, or leave the room to the next imports"
    case .repairing: "run errata verify --repair again"
    case .remembering: "run the check again: it tells the same once more"
    }
  }
}
