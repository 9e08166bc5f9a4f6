internal import Answers
internal import Arguments
internal import Store

extension Command {
  static let verify = Command(
    "verify", "prove that nothing was lost or doubled",
    details: [
      "Checks the file, that the ledger's byte ranges of each log follow one another without gap or "
        + "overlap, that every batch has its events and rejects, and that the counts add up."
    ],
    examples: [Example("errata verify", "exit status 1 if anything is wrong")]
  ) { invocation in
    let store = try invocation.storeOption
    let result = try Verification(store)
    let verdict =
      result.isSound
      ? "Every byte range of every log is accounted for once, and all counts add up."
      : "The store is not sound."
    try invocation.show(
      Answer(
        title: result.isSound ? "Sound" : problems(result.problems.count),
        notes: ["\(store.path), SQLite \(result.library)"]
          + (result.isUnredacted
            ? ["secrets may be in it: there was an import with --no-redact"] : []),
        sections: [
          Section(
            .facts([
              Fact("sources", Cell(result.sources)), Fact("lines", Cell(result.lines)),
            ]), .paragraph(verdict))
        ] + (result.isSound ? [] : [Section(.bullets(result.problems))]),
        value: [
          "ok": .bool(result.isSound), "sources": .integer(result.sources),
          "lines": .integer(result.lines), "problems": .array(result.problems.map { .text($0) }),
        ]))
    return result.isSound ? .ok : .failure
  }
}

private func problems(_ count: Int) -> String {
  count == 1 ? "1 problem" : "\(count) problems"
}
