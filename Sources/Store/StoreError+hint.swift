extension StoreError {
  /// What helps. How that is asked for, by a command and its options or otherwise, is known to whoever
  /// tells the error.
  package enum Hint: Sendable, Equatable {
    /// Words that hold however errata is used.
    case words(String)

    /// Import a log first: nothing is stored yet.
    case importFirst
    /// Import the logs again: put the file elsewhere, or take another one as the store.
    case importAgain
    /// Take another file as the store.
    case chooseFile
    /// Take a file inside the folder as the store.
    case chooseFileInside
    /// Take a place for the store where folders can be made.
    case choosePlace
    /// Take a place for the store on a disk of this machine.
    case chooseLocalDisk
    /// Put elsewhere what stands in the way of the store, or take another file as the store.
    case moveAway
    /// Use a newer errata, or another store.
    case useNewer

    /// Look whether what is stored is sound: it may be damaged.
    case verify
    /// Look for what another program changed; put that back, or the store as a whole.
    case verifyChange
    /// Look for what is damaged; make anew what can be, and put back the rest.
    case verifyAndRepair
    /// Make anew what can be made anew.
    case repair
    /// The same; where it does not help, put back the store as a whole.
    case repairOrRestore

    /// Make room on the disk, and go on with what was being done.
    case freeRoom(Doing)
    /// Make memory free, and go on with what was being done.
    case freeMemory(Doing)
    /// Look at the disk and at what is stored, and go on with what was being done.
    case checkDisk(Doing)

    /// Name another file for a copy, or say that the one there may go.
    case overwrite
    /// See what a query can read, by the names of the views, and examples. Of `unknown` there is none.
    case seeViews(String, unknown: String?)
  }
}

extension StoreError.Hint: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self = .words(text) }
}
