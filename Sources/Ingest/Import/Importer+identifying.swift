internal import Batches
internal import Files

// Which source an input is, and what became of the one that stood in its place.
extension Importer {
  /// Where two logs go on differently, a common beginning shorter than this proves nothing.
  private static let leastFork = Int64(PrefixProof.headLength)
  /// Nor does so little, or a single line, where both files are there.
  private static let leastShared: Int64 = 256

  /// Opens an input and finds out what of it is stored. A log that stood in its place before is
  /// looked for beside it first, so that the rest of that one is read before its place is
  /// forgotten.
  func identify(_ input: Input) throws -> IdentifiedLog {
    let log = try recognise(input)
    guard let place = log.place else { return log }
    var isFound = false
    for lineage in try ledger.lineages(at: place.path)
    where (lineage.source != log.source || log.isCopy)
      && !displaced.contains(where: { $0.source == lineage.source })
    {
      if try !recover(lineage, from: place) { displaced.append(lineage) }
      isFound = true
    }
    return isFound ? try recognise(input) : log
  }

  /// Opens an input and finds the stored source that it continues, if there is one.
  private func recognise(_ input: Input) throws -> IdentifiedLog {
    let open = try input.open(stop: options.stop, makingRoom: makeRoom)
    let stream = open.stream
    var proof = PrefixProof(stream) { [self] in
      var passed = summary
      passed.isPassingOver = true
      passed.bytes = doneBytes + stream.consumed
      if !progress(passed) { throw InputError.stop }
    }
    var candidates = try proof.run(ledger)
    if let place = open.place {
      // Of equals the file itself, and one that has nothing more.
      func rank(_ candidate: SourceCandidate) -> Int {
        let isSame = candidate.lineage.place?.isSameFile(as: place) ?? false
        return (isSame ? 2 : 0) + (candidate.isWhole ? 1 : 0)
      }
      candidates.sort { ($0.known, rank($0)) > ($1.known, rank($1)) }
    }
    for candidate in candidates {
      let goesOn = goesOn(proof.rest(after: candidate.known), proof)
      if !candidate.isWhole, goesOn, candidate.known < Importer.leastFork { continue }
      let standsElsewhere = standsElsewhere(candidate, open.place, proof)
      // With more to read, so little in common is a beginning that two logs share.
      if goesOn, standsElsewhere { continue }
      if candidate.isWhole, let place = open.place { try note(candidate, place) }
      return IdentifiedLog(
        input, open, proof,
        IdentifiedLog.Match(
          source: candidate.lineage.source, known: candidate.known, isWhole: candidate.isWhole,
          isPrefix: !candidate.isWhole && !goesOn, isCopy: standsElsewhere,
          endsInNewline: candidate.endsInNewline,
          newlines: proof.newlines(before: candidate.known), lines: candidate.lines),
        limit: options.maxLine,
        header: try ledger.header(of: candidate.lineage.source, before: candidate.known))
    }
    return IdentifiedLog(input, open, proof, nil, limit: options.maxLine)
  }

  /// Whether there is a line after what is known.
  private func goesOn(_ rest: ArraySlice<UInt8>, _ proof: borrowing PrefixProof) -> Bool {
    if !proof.isAtEnd { return true }
    if proof.style == .documents {
      return rest.withUnsafeBufferPointer { DocumentScanner.hasWhole(in: $0) }
    }
    return rest.contains(0x0A) || isComplete(rest)
  }

  /// Whether a source's own log is another file than the stream, and the two share so little, such
  /// as one line, that many logs may begin so. While that is all there is of the stream, it counts
  /// as a copy. Once it goes on, it is another log, unless the other file goes on in the same way.
  private func standsElsewhere(
    _ candidate: SourceCandidate, _ place: Place?, _ proof: borrowing PrefixProof
  ) -> Bool {
    let known = candidate.known
    guard known < Importer.leastFork,
      known < Importer.leastShared || proof.newlines(before: known) < 2,
      let place, let theirs = candidate.lineage.place, !theirs.isSameFile(as: place)
    else { return false }
    if let file = NeighbourFiles.file(of: theirs), !file.isSameFile(as: place),
      differs(file.path, from: proof.head.bytes, after: Int(known))
    {
      return true
    }
    return theirs.path != place.path
      && differs(theirs.path, from: proof.head.bytes, after: Int(known))
  }

  /// Whether a file begins with the same `known` bytes as a head, and does not share the line after
  /// them and all that both have.
  private func differs(_ path: String, from head: [UInt8], after known: Int) -> Bool {
    let shared = NeighbourFiles.agreement(of: path, with: head, makingRoom: makeRoom)
    guard shared.length >= known else { return false }
    return !shared.isWhole || !head[known..<shared.length].contains(0x0A)
  }

  /// Remembers where a source is, unless this is but a copy of it.
  private func note(_ candidate: SourceCandidate, _ place: Place) throws {
    if let theirs = candidate.lineage.place {
      if theirs.isSameFile(as: place), theirs.path == place.path { return }
      if !theirs.isSameFile(as: place), NeighbourFiles.file(of: theirs) != nil { return }
    }
    try ledger.sight(candidate.lineage.source, at: place)
  }

  /// What the ledger has counted of a log; nil where it has nothing of it.
  func knownTally(of log: IdentifiedLog) throws -> Tally? {
    guard let match = log.match else { return nil }
    if match.isWhole { return try ledger.tally(of: match.source, upTo: match.known) }
    // The ledger counts whole batches: of one that is shared in part, the lines are counted here.
    var tally = Tally()
    tally.lines = match.newlines + (match.endsInNewline ? 0 : 1)
    tally.skipped = tally.lines
    return tally
  }

  // MARK: What is gone from its place

  /// Looks beside a place for the log that stood there, and reads the rest of it.
  private func recover(_ lineage: Lineage, from place: Place) throws -> Bool {
    for path in NeighbourFiles.siblings(of: place.path) {
      guard let open = try? Input(path: path, size: nil).open(makingRoom: makeRoom),
        let there = open.place,
        !there.isSameFile(as: place)
      else { continue }
      var proof = PrefixProof(open.stream)
      guard let candidate = try proof.run(ledger, with: lineage), candidate.isWhole else {
        continue
      }
      try ledger.sight(lineage.source, at: there)
      onNotice(.moved(from: place.path, to: path))
      if let asked = queue.firstIndex(where: { Place(at: $0.path)?.path == there.path }) {
        try take(queue.remove(at: asked))
      } else {
        try take(Input(path: path, size: nil), isAsked: false)
      }
      return true
    }
    return false
  }

  /// Says which logs were not found anywhere, once everything was looked at.
  func settleDisplaced() throws {
    for lineage in displaced {
      guard let place = lineage.place,
        let now = try ledger.lineages(at: place.path).first(where: { $0.source == lineage.source })
      else { continue }
      let gap = Gap(source: now.source, place: place, offset: now.consumed)
      try ledger.lose(now.source, gap: gap)
      summary.gaps.append(gap)
      onNotice(.gap(gap))
    }
    displaced = []
  }
}
