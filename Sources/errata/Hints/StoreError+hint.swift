internal import Arguments
internal import Reports
internal import Store

extension StoreError.Hint {
  /// What to type, or what to do before that.
  var words: String {
    let backup = "go back to a backup, or import the logs into a fresh store with --store"
    return switch self {
    case .words(let words): words
    case .importFirst: importAdvice
    case .importAgain: "import the logs again: move it away, or choose another file with --store"
    case .chooseFile: "choose another file with --store"
    case .chooseFileInside: "name a file in it with --store"
    case .choosePlace: "choose another place with --store"
    case .chooseLocalDisk: "put it on a local disk with --store"
    case .moveAway: "move it away, or choose another file with --store"
    case .useNewer: "use the newer errata, or another file with --store"
    case .verify: "run errata verify: the store itself may be damaged"
    case .verifyChange:
      "run errata verify: it says what is not as errata made it; put that back, \(backup)"
    case .verifyAndRepair:
      "run errata verify; what can be made anew, errata verify --repair makes anew, for the rest "
        + backup
    case .repair: "run errata verify --repair"
    case .repairOrRestore: "run errata verify --repair; if that does not help, \(backup)"
    case .freeRoom(let doing): "\(doing.room) and \(doing.again)"
    case .freeMemory(let doing): "end other programs and \(doing.again)"
    case .checkDisk(let doing):
      "look at the disk, its quota and the limit on the size of files (ulimit -f); then run errata "
        + "verify, and \(doing.again)"
    case .overwrite: "name another file, or overwrite it with --force"
    case .seeViews(let views, let unknown):
      (unknown.flatMap(nearestInViews).map { "did you mean “\($0)”? " } ?? "")
        + "the views are \(views); examples: errata queries --format json"
    }
  }
}

extension Doing {
  /// What to do where there is no room.
  fileprivate var room: String {
    switch self {
    case .reading: "free some room, beside the store or for temporary files (SQLITE_TMPDIR),"
    case .importing, .remembering: "free some room"
    case .pruning, .repairing: "free some room (what is changed is first written beside the store)"
    case .shrinking:
      "free as much room as the store has, beside it and for temporary files (SQLITE_TMPDIR)"
    }
  }

  /// What comes of doing it again.
  fileprivate var again: String {
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

/// The column or view that was most likely meant.
private func nearestInViews(_ name: String) -> String? {
  nearest(
    to: name.lowercased(),
    among: ExportedView.all.flatMap { view in [view.name] + view.columns.map(\.name) })
}
