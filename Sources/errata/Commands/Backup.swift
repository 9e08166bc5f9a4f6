internal import Answers
internal import Arguments
internal import Store

extension Option {
  fileprivate static let force = Option("force", "overwrite the file if it is there")
}

extension Command {
  static let backup = Command(
    "backup", "copy the store, also while it is being written",
    details: [
      "Writes the store as it is at one moment to FILE, which is readable by its owner alone, and "
        + "is there only when the copy is whole, verified and on the disk. To go back to it, copy "
        + "it to where the store is, or name it with --store."
    ],
    operands: [Operand("FILE", completion: .files)],
    options: [.force],
    examples: [
      Example("errata backup /backup/errata-$(date +%F).db", "a copy a day")
    ]
  ) { invocation in
    let path = invocation.operands[0]
    let start = Clock.seconds
    Interruption.watch()
    let backup: Backup
    do {
      backup = try Backup(
        of: try invocation.storeOption, to: path, overwriting: invocation.has(.force)
      ) { Interruption.signal == nil }
    } catch is Interrupted {
      return .interrupted
    }
    let seconds = ((Clock.seconds - start) * 1000).rounded() / 1000
    try invocation.show(
      Answer(
        title: "Copied",
        sections: [
          Section(
            .facts([
              Fact("file", Cell(.text(path))),
              Fact("size", Cell(.integer(backup.size), shown: formatSize(backup.size))),
              Fact("seconds", Cell(.number(seconds))),
            ]))
        ],
        value: BackupAnswer(file: path, bytes: backup.size, seconds: seconds).value))
    return .ok
  }
}

/// What `backup` answers.
struct BackupAnswer: Described {
  var file: String
  var bytes: Int64
  var seconds: Double

  static let fields: Fields<BackupAnswer> = [
    Field("file", "the copy") { $0.file },
    Field("bytes", unit: "bytes", "its size") { $0.bytes },
    Field("seconds", unit: "s", "how long it took") { $0.seconds },
  ]
}
