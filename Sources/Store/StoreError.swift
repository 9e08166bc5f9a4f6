package import SQLite

/// Why a store cannot be used, in words for whoever called.
package struct StoreError: Error, Sendable {
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  /// What an error of SQLite means for someone with a store at `path`.
  package init(_ error: SQLiteError, path: String) {
    if error.isNotADatabase {
      self.init(
        "\(path) is no errata store (it is no SQLite file)",
        hint: "choose another file with --store")
    } else if error.isCorrupt {
      self.init(
        // SQLite takes EIO on reading for damage.
        "the store \(path) is damaged, or its disk cannot be read: \(error.message)",
        hint: "run errata verify; import the logs into a fresh store with --store")
    } else if error.isFull {
      self.init(
        "the disk is full; the batch in flight was not stored, all before it was",
        hint: "free some room and run the same command again: nothing is stored twice")
    } else if error.isBusy {
      self.init(
        "the store \(path) is held by another program: \(error.message)",
        hint: "close the other program and run the same command again")
    } else if error.isOutOfMemory {
      self.init(
        "there is not enough memory (\(error.message)); what was stored before is kept",
        hint: "free some and run the same command again: nothing is stored twice")
    } else if error.isInputOutput {
      self.init(
        "the store \(path) cannot be read or written: \(error.message)",
        hint: "once the disk is well, run the same command again: nothing is stored twice")
    } else if error.awaitsRollback {
      self.init(
        "the making of \(path) was interrupted; it is no errata store yet",
        hint: "import the log again: that finishes it")
    } else if error.isReadOnly {
      self.init("the store \(path) may not be written", hint: "check its owner and permissions")
    } else if error.isForbidden {
      self.init(
        "the query may do nothing but read: \(error.message)",
        hint: "write one SELECT on the views events, minutes and traffic")
    } else if error.isMistake, error.sql != nil {
      self.init(
        "the query is no SQL that the store understands: \(error.message)",
        hint: "the views are events, minutes and traffic; examples: errata queries --format json")
    } else if error.isInterrupted {
      self.init(
        "the query took too long and was stopped",
        hint: "narrow it by time or vendor; a recursive one needs a LIMIT")
    } else if error.isTooBig, error.sql != nil {
      self.init(
        "the query asks for more memory than it may have: \(error.message)",
        hint: "narrow it by time or vendor, or ask for fewer columns")
    } else if error.cannotOpen {
      self.init(
        "the store \(path) cannot be opened: \(error.message)",
        hint: "check that its folder exists and may be read")
    } else {
      self.init("the store \(path): \(error.message)")
    }
  }
}
