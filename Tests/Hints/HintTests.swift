import Answers
import Arguments
import Checks
import Cluster
import Glibc
import Ingest
import Rendering
import Reports
import Store
import Testing

@testable import errata

/// The words for what could be done next: one for each case that the rooms below know.
@Suite struct HintTests {
  static let backup = "go back to a backup, or import the logs into a fresh store with --store"

  static let ofStore: [(StoreError.Hint, String)] = [
    ("read it again", "read it again"),
    (.importFirst, "import a log first: errata import access.log"),
    (.importAgain, "import the logs again: move it away, or choose another file with --store"),
    (.chooseFile, "choose another file with --store"),
    (.chooseFileInside, "name a file in it with --store"),
    (.choosePlace, "choose another place with --store"),
    (.chooseLocalDisk, "put it on a local disk with --store"),
    (.moveAway, "move it away, or choose another file with --store"),
    (.useNewer, "use the newer errata, or another file with --store"),
    (.verify, "run errata verify: the store itself may be damaged"),
    (
      .verifyChange,
      "run errata verify: it says what is not as errata made it; put that back, \(backup)"
    ),
    (
      .verifyAndRepair,
      "run errata verify; what can be made anew, errata verify --repair makes anew, for the rest "
        + backup
    ),
    (.repair, "run errata verify --repair"),
    (.repairOrRestore, "run errata verify --repair; if that does not help, \(backup)"),
    (.overwrite, "name another file, or overwrite it with --force"),
    (
      .seeViews("events and minutes", unknown: nil),
      "the views are events and minutes; examples: errata queries --format json"
    ),
    (
      .seeViews("events and minutes", unknown: "vendr"),
      "did you mean “vendor”? the views are events and minutes; examples: errata queries --format json"
    ),
    (
      .seeViews("events and minutes", unknown: "event"),
      "did you mean “events”? the views are events and minutes; examples: errata queries --format json"
    ),
    (
      .seeViews("events and minutes", unknown: "nothing_like_it"),
      "the views are events and minutes; examples: errata queries --format json"
    ),
    (
      .freeRoom(.reading),
      "free some room, beside the store or for temporary files (SQLITE_TMPDIR), and run the same "
        + "command again"
    ),
    (
      .freeRoom(.importing),
      "free some room and run the same command again: nothing is stored twice"
    ),
    (
      .freeRoom(.pruning),
      "free some room (what is changed is first written beside the store) and prune again: it goes on "
        + "where it stopped"
    ),
    (
      .freeRoom(.shrinking),
      "free as much room as the store has, beside it and for temporary files (SQLITE_TMPDIR) and "
        + "prune again, or leave the room to the next imports"
    ),
    (
      .freeRoom(.repairing),
      "free some room (what is changed is first written beside the store) and run errata verify "
        + "--repair again"
    ),
    (
      .freeRoom(.remembering),
      "free some room and run the check again: it tells the same once more"
    ),
    (.freeMemory(.reading), "end other programs and run the same command again"),
    (
      .checkDisk(.repairing),
      "look at the disk, its quota and the limit on the size of files (ulimit -f); then run errata "
        + "verify, and run errata verify --repair again"
    ),
  ]

  static let ofInput: [(InputError.Hint, String)] = [
    ("name a log file", "name a log file"),
    (.nameLog, "name a log file, a folder, or - for standard input"),
    (.nameFileToReread, "name the log's file, or leave --reread out"),
    (
      .explainLine,
      "it reads JSON and the text of common gateways; “errata explain” shows how it takes a line"
    ),
    (.convert(.xz), "unpack it outside of errata: xz -dc FILE | errata import -"),
    (.convert(.zstd), "decompress it with: zstd -dc --long=31 FILE | errata import -"),
    (.convert(.tar), "import what is in it: tar -xOf ARCHIVE | errata import -"),
    (.convert(.compressedTwice), "unpack it once yourself: zcat LOG | errata import -"),
    (.convert(.utf32), "make it UTF-8: iconv -f UTF-32 -t UTF-8 LOG | errata import -"),
  ]

  static let ofQuestion: [(QuestionError.Hint, String)] = [
    ("narrow it by time or vendor", "narrow it by time or vendor"),
    (.importFirst, "import a log first: errata import access.log"),
    (.findByID("2 errors without one"), "2 errors without one can be found by id: errata find ID"),
    (.chooseVendor, "name one with --vendor, or leave it out for all"),
  ]

  static let ofAnswer: [(NextStep, String)] = [
    (.showMore, "; --limit shows more"),
    (.showSmaller, ": --top N or --all tells them"),
    (.readValue("changes"), ", in “changes” of --format json"),
    (.askAboutGateway("kong"), "; --gateway kong asks about one"),
    (.ask([.spikes], nil), ": errata spikes"),
    (.ask([.limits], nil), ": errata limits"),
    (
      .ask([.spikes, .bursts], days),
      ": errata spikes --since 2026-11-09 --until 2026-11-16, errata bursts --since 2026-11-09 "
        + "--until 2026-11-16"
    ),
    (
      .judgeAllErrors(days),
      " All errors: errata retries --since 2026-11-09 --until 2026-11-16"
    ),
  ]

  static let days = NextStep.Days(since: "2026-11-09", until: "2026-11-16")

  static let ofOutput: [(OutputError, String)] = [
    (
      OutputError(name: "a", code: EACCES, folder: "b"),
      "name a file in another folder, or let the shell write it: errata … > FILE"
    ),
    (OutputError(name: "a", code: ENOSPC), "free some room and run the command again"),
    (
      OutputError(name: "a", code: EFBIG),
      "raise the limit on the size of files (ulimit -f) and run the command again"
    ),
    (OutputError(name: "a", code: EISDIR), "name a file in it"),
    (
      OutputError(name: "a", code: EBUSY),
      "it is mounted there: let the shell write it: errata … > FILE"
    ),
    (
      OutputError(name: "a", code: ENXIO),
      "a socket, or a pipe that nobody reads, has no way in: pipe the output instead"
    ),
    (OutputError(name: "a", code: ENOENT), "check that the folder exists and may be written"),
  ]

  static let ofCluster: [(ClusterError.Hint, String)] = [
    (.text("wait"), "wait"),
    (.makeTables, "errata cluster-schema URL --apply makes them; without --apply it prints them"),
    (.nameEdge, "give it a name of its own with --as"),
    (.sendAs("edge 7"), "go on with that name: --as 'edge 7'"),
  ]

  @Test func `every hint has its words`() {
    for (hint, words) in Self.ofCluster { #expect(hint.words == words) }
    for (hint, words) in Self.ofStore { #expect(hint.words == words) }
    for (hint, words) in Self.ofInput { #expect(hint.words == words) }
    for (hint, words) in Self.ofQuestion { #expect(hint.words == words) }
    for (step, words) in Self.ofAnswer { #expect(step.words == words) }
    for (error, words) in Self.ofOutput { #expect(error.words == words) }
  }

  @Test func `a rule's hint is its own, or says how a longer time is judged`() {
    var error = RuleError("m", hint: "Leave it out.", at: 1)
    #expect(error.words == "Leave it out.")
    error.isOfTooShortTime = true
    #expect(error.words == "Widen it with --since, or make the window shorter.")
  }

  @Test func `what a hint names is there to be typed`() throws {
    let program = Errata.program
    let texts =
      Self.ofStore.map(\.1) + Self.ofInput.map(\.1) + Self.ofQuestion.map(\.1)
      + Self.ofAnswer.map(\.1) + Self.ofCluster.map(\.1)
    let options = program.options + program.commands.flatMap(\.options)
    var named: Set<String> = []
    for text in texts {
      for match in text.matches(of: /\berrata ([a-z]+(?:-[a-z]+)*)/) where match.1 != "made" {
        named.insert(String(match.1))
        #expect(throws: Never.self) { try program.command(named: String(match.1)) }
      }
      for match in text.matches(of: /--([a-z-]+)(?!=)\b/) where match.1 != "long" {
        #expect(options.contains { $0.name == match.1 }, "\(match.0)")
      }
    }
    #expect(named.isSuperset(of: ["import", "verify", "queries", "find", "spikes", "retries"]))
  }

  @Test func `an answer is told with its next steps, which stand behind what they are about`() {
    var answer = Answer(
      title: "T", notes: ["a range"],
      sections: [
        Section("S", .bullets(["b"]), .paragraph("and 2 more", next: .showSmaller)),
        Section(.paragraph("all")),
      ], value: nil)
    answer.notes.append(Note("the first 100 are shown", next: .showMore))
    answer.caution("these count twice", next: .askAboutGateway("kong"))
    let told = answer.worded
    #expect(
      told.notes == [
        "a range", "the first 100 are shown; --limit shows more",
        "these count twice; --gateway kong asks about one",
      ])
    #expect(told.cautions == ["these count twice; --gateway kong asks about one"])
    #expect(
      told.sections == [
        Section("S", .bullets(["b"]), .paragraph("and 2 more: --top N or --all tells them")),
        Section(.paragraph("all")),
      ])
    #expect(told.worded == told)
  }
}
