internal import Arguments
internal import Files
internal import Glibc
internal import Ingest
internal import Profiles
internal import Reports
internal import Store
internal import Threads

extension Command {
  static let find = Command(
    "find", "what happened to a request",
    details: [
      "Finds the events that carry an id, the vendor's or the gateway's or a trace's, whatever "
        + "their age, and says what the vendor means by them and what to do. With - the ids are "
        + "looked for in standard input, which may be a whole e-mail. --since, --until, --vendor and "
        + "--gateway leave out what is of another time, vendor or gateway."
    ],
    operands: [Operand("ID", usage: "ID…|-", isRepeated: true)],
    options: Option.question,
    examples: [
      Example("errata find req_8f2c61d09ab47e3512cd", "one id"),
      Example("errata find - < ticket.txt", "every id in a ticket"),
    ]
  ) { invocation in
    LargePages.prefer()
    // Reading the profiles takes as long as finding an id among millions.
    let profiles = try invocation.profileFiles
    let catalog = Future { try Catalog(profiles) }
    let zone = try invocation.zone
    let range = try invocation.range(in: zone)
    let store = try StoreReader(try invocation.storeOption)
    let vendors = try invocation.vendors(in: store)
    let gateway = try invocation.gateway(in: store)
    var recall: LineRecall?
    let finder = Finder(
      store, catalog: { try catalog.value() }, zone: zone,
      scope: Finder.Scope(
        since: range.since, until: range.until, vendors: vendors.names, gateway: gateway.name),
      hash: { id, seed in id.withBytes { identifierHash($0, seed: seed) } },
      line: { event, isIt in
        let lines =
          try recall
          ?? LineRecall(
            try catalog.value(), seed: store.seed, header: { try store.header(of: $0) })
        recall = lines
        return try lines.search(for: event, isIt: isIt)
      })
    var ids = invocation.operands.filter { $0 != "-" }
    if invocation.operands.contains("-") {
      ids += try idsInStandardInput().filter { try !finder.find($0).isEmpty }
    }
    let (answer, isEmpty) = try finder.answer(ids)
    _ = try catalog.value()  // a mistake in a profile is told, whatever was found
    try invocation.show(answer.noting(nothingOf: vendors.absent + gateway.absent))
    return isEmpty ? .notFound : .ok
  }
}

/// Everything in standard input that could be an id.
private func idsInStandardInput() throws -> [String] {
  var ids: [String] = []
  var seen: Set<String> = []
  while let line = readLine() {
    let words = line.split { character in
      !(character.isLetter || character.isNumber || "-_:.=/+".contains(character))
    }
    for word in words {
      // `request_id=abc` and `id: abc.` name ids as well.
      let pieces = [word] + word.split { "=:".contains($0) }
      for piece in pieces {
        let id = piece.reversed().drop { ".:-=".contains($0) }.reversed()
        let text = String(id)
        guard (4...256).contains(text.utf8.count), text.contains(where: \.isNumber) else {
          continue
        }
        if seen.insert(text).inserted { ids.append(text) }
      }
    }
  }
  return ids
}
