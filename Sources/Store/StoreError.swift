package import SQLite

/// Why a store cannot be used, in words for whoever called.
package struct StoreError: Error, Sendable {
  package var message: String
  package var hint: Hint?

  package init(_ message: String, hint: Hint? = nil) {
    self.message = message
    self.hint = hint
  }

  /// What an error of SQLite means for someone with a store at `path`.
  package init(_ error: SQLiteError, path: String, while doing: Doing) {
    if error.isNotADatabase {
      self.init(
        "\(path) is no errata store (it is no SQLite file)",
        hint: .chooseFile)
    } else if error.isImpossible || error.isOverflow {
      self.init(
        "the store \(path) is damaged: \(error.message)",
        hint: .verifyAndRepair)
    } else if error.isCorrupt {
      self.init(
        // SQLite takes EIO on reading for damage.
        "the store \(path) is damaged, or its disk cannot be read: \(error.message)",
        hint: .repairOrRestore)
    } else if error.isFull {
      self.init("\(doing.fullDisk); \(doing.outcome)", hint: .freeRoom(doing))
    } else if error.isOutOfMemory {
      self.init("there is not enough memory; \(doing.outcome)", hint: .freeMemory(doing))
    } else if error.isInputOutput {
      self.init(
        "the disk under the store \(path) failed\(error.failedOperation.map { " at \($0)" } ?? ""): "
          + "\(error.message); \(doing.outcome)",
        hint: .checkDisk(doing))
    } else if error.isBusy {
      self.init(
        "the store \(path) is held by another program: \(error.message)",
        hint: "close the other program and run the same command again")
    } else if error.awaitsRollback {
      self.init(
        "the making of \(path) was interrupted; it is no errata store yet",
        hint: "import the log again: that finishes it")
    } else if error.isReadOnly, doing == .reading {
      self.init(
        "the store \(path) was being written when its folder became read-only: \(error.message)",
        hint: "copy it, with the files beside it, to a folder that may be written")
    } else if error.isReadOnly {
      self.init(
        "the store \(path) may not be written; it is as it was",
        hint: "check its owner and permissions, and that its disk is not read-only")
    } else if error.isInterrupted {
      self.init(
        "the query took too long and was stopped",
        hint: "narrow it by time or vendor; a recursive one needs a LIMIT")
    } else if error.isTooBig, doing == .reading {
      self.init(
        "the query asks for more memory than it may have: \(error.message)",
        hint: "narrow it by time or vendor, or ask for fewer columns")
    } else if error.cannotOpen {
      self.init(
        "the store \(path) cannot be opened: \(error.message)",
        hint: "check that its folder exists and may be read")
    } else if error.isMistake || error.isMismatch {
      self.init(changed: path, error.message)
    } else {
      self.init("the store \(path): \(error.message)")
    }
  }

  static let mismatch = StoreError(
    "the counts of the store are not those of its batches", hint: .repair)

  /// SQL of ours that does not fit the store: it is not as errata made it.
  init(changed path: String, _ words: String) {
    self.init("the store \(path) was changed by another program: \(words)", hint: .verifyChange)
  }

  /// The column, table or function that SQLite's words say there is none of, without what stands before
  /// its dot: <https://sqlite.org/src/file/src/resolve.c>.
  private static func unknownName(in message: String) -> String? {
    for what in ["column", "table", "function"] {
      let beginning = "no such \(what): "
      guard message.hasPrefix(beginning) else { continue }
      return message.dropFirst(beginning.count).split(separator: ".").last.map(String.init)
    }
    return nil
  }

  /// What is wrong with SQL that a user wrote; nil where it is something else.
  init?(ofUsers error: SQLiteError) {
    let views = Views.sentence
    if error.isForbidden {
      self.init(
        "the query may do nothing but read: \(error.message)",
        hint: "write one SELECT on the views \(views)")
    } else if error.isMistake {
      self.init(
        "the query is no SQL that the store understands: \(error.message)",
        hint: .seeViews(views, unknown: StoreError.unknownName(in: error.message)))
    } else {
      return nil
    }
  }
}
