internal import Arguments
internal import Ingest
internal import Store

extension Option {
  static let profile = Option(
    "profile", value: "FILE", "a gateway's or vendor's profile of your own, before all others",
    arity: .repeated, completion: .files)
  static let noRedact = Option(
    "no-redact", "keep keys, passwords, tokens, card numbers and e-mail addresses as they are")
  static let reread = Option(
    "reread", "read what is stored of the logs again as well, and replace it")
  static let follow = Option(
    "follow", "go on reading logs as they grow, through rotation, until stopped")
}

extension Command {
  static let importing = Command(
    "import", "read logs: only what is new of them",
    details: [
      "Reads files, folders and standard input (-), plain or compressed by gzip, zstd, bzip2, xz or "
        + "lz4. Importing a log again adds nothing, also when it was renamed or compressed in "
        + "between, and what has been appended to it is read from where it stopped.",
      "Successes are counted, not stored. A line that cannot be read is kept as a reject; a line "
        + "that is no API response is skipped and counted. --vendor names the vendor of every "
        + "line; --tz is the zone of times that name none.",
      "Where another log stands in a file's place, what had still been written to the one before is "
        + "read from the file beside it that it was rotated to. If there is none, that is said.",
      "With --follow, files need not be there yet, new ones in folders are found, and what is new is "
        + "stored every second. A compressed file is read once it is whole; standard input cannot "
        + "be followed. SIGINT and SIGTERM stop it with everything complete stored.",
      "With --reread, what is stored of a log is read again as well, with today's profiles, --vendor, "
        + "--gateway, --tz and --max-line, and replaced, a batch of lines at a time: its events, ids, "
        + "counts and rejects are then as if the log were imported now. An event keeps its number "
        + "unless one of the same batch is no event any more; then all of the batch have new ones. A "
        + "batch of which something was pruned stays as it is. A log that was rotated since is read from "
        + "the file beside it. Where the log has changed, nothing is replaced of what cannot be proven "
        + "to be the same.",
      "With --store URL of a cluster, logs are read into a store of this machine beside it, in "
        + "errata of $XDG_STATE_HOME, and sent from there as it goes, as errata push does. While the "
        + "cluster is away they wait there.",
      "Keys, passwords, tokens, card numbers and e-mail addresses are stored as tags such as "
        + "[redacted:jwt:7f3a]; equal secrets have equal tags. Ids are kept as they are.",
    ],
    operands: [Operand("PATH", usage: "PATH…|-", isRepeated: true, completion: .files)],
    options: Option.reading + [.profile, .follow, .reread, .noRedact, .edge],
    examples: [
      Example("errata import /var/log/gateway", "all files of a folder"),
      Example("kubectl logs deploy/gateway | errata import -", "what a program prints"),
      Example("errata import --follow /var/log/gateway", "as a service"),
      Example("errata import --reread gateway.log", "again, once a profile has been written"),
    ]
  ) { invocation in try runImport(invocation) }
}

private func runImport(_ invocation: Invocation) throws -> ExitCode {
  FileLimit.raise()
  ReturnedMemory.prefer()
  var run = try ImportRun(invocation)
  try run.refuseWhatCannotBe()
  if run.hasWork {
    let ledger = try run.openLedger()
    defer { ledger.close() }
    if run.isRereading { try run.reread(in: ledger) }
    try run.sending { run in
      try run.isFollowing ? run.follow(into: ledger) : run.importLogs(into: ledger)
    }
  }
  let outcome = run.outcome
  run.tellFailures()
  try run.tell(outcome)
  try run.tellSent()
  try run.show(outcome)
  return run.exitCode
}
