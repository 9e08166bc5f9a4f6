internal import SQLite

extension Guide {
  /// Hands over the pages of a guide as its runs make them: the id of each, and the marks of each run
  /// in order. Runs are read side by side: little is held of however many ids.
  func forEachPage(
    of runs: [Run], on connection: Connection, _ body: (Int64, [[UInt32]]) throws -> Void
  ) throws {
    var cursors = try runs.map { try HashCursor(of: $0.batch, on: connection) }
    var marks: [[UInt32]] = runs.map { _ in [] }
    for page in 0..<UInt64(1) << UInt64(idBits) {
      for place in cursors.indices {
        marks[place].removeAll(keepingCapacity: true)
        var isInOrder = true
        while let hash = cursors[place].hash, self.page(of: hash) <= page {
          let mark = mark(of: hash)
          isInOrder = isInOrder && mark >= marks[place].last ?? 0
          marks[place].append(mark)
          try cursors[place].next()
        }
        // Where ids are damaged.
        if !isInOrder { marks[place].sort() }
      }
      try body(key(page), marks)
    }
  }

  /// Its runs; nil where they are not those that it was made for.
  func ownRuns(on connection: Connection) throws -> [Run]? {
    let runs = try Run.all(
      where: "batch >= ?1 AND batch <= ?2", firstRun, lastRun, on: connection)
    let isOwn =
      runs.count == self.runs && runs.first?.batch == firstRun && runs.last?.batch == lastRun
    return isOwn ? runs : nil
  }

  /// Whether it leaves out no id that its runs have.
  func isSound(on connection: Connection) throws -> Bool {
    guard let runs = try ownRuns(on: connection) else { return false }
    let look = try connection.prepare(Guide.look)
    var isSound = true
    try forEachPage(of: runs, on: connection) { id, marks in
      if !isSound { return }
      look.bind(id, at: 1)
      defer { look.reset() }
      guard try look.step(), let page = GuidePage.Stored(look.blob(0), id: id, of: self) else {
        isSound = false
        return
      }
      isSound = marks.indices.allSatisfy { page.has(allOf: marks[$0], in: $0) }
    }
    return isSound
  }
}

extension Verification {
  /// No guide leaves out what its runs have.
  mutating func checkGuides(_ connection: Connection) throws {
    var last: Int64 = -1
    for guide in try Guide.all(on: connection) {
      let isApart = guide.firstRun > last
      last = max(last, guide.lastRun)
      if try isApart && guide.isSound(on: connection) { continue }
      problems.append(
        "runs \(guide.firstRun) to \(guide.lastRun): what says which of them can have an id is wrong: "
          + "find may not find some")
    }
    try find(
      "SELECT 0, COUNT(*), 0 FROM id_mark WHERE \(Guide.isStray) HAVING COUNT(*) > 0",
      on: connection
    ) { _, count, _ in "\(count) pages of a guide to ids belong to none" }
  }
}
