internal import Questions

/// What a cluster knows of logs that were gone before they were read to their end. An edge sends all of
/// its own whenever they are others than before; the largest version counts.
struct GapRows {
  private let connection: ClusterConnection
  private let settings: [(name: String, value: String)]
  private let edge: Edge

  init(_ connection: ClusterConnection, _ dialect: Dialect, _ edge: Edge) {
    (self.connection, self.edge) = (connection, edge)
    settings = dialect.insertSettings
  }

  func send(_ gaps: [StoredGap]) throws(ClusterError) {
    let there = try known()
    if there.gaps == gaps { return }
    var rows = RowWriter()
    let version = there.version + 1
    // That there are none is said by a row without a path.
    for gap in gaps.isEmpty
      ? [StoredGap(path: "", offset: 0, size: nil, noticed: 0, after: nil)] : gaps
    {
      rows.append(edge.number)
      rows.append(version)
      rows.append(text: gap.path)
      rows.append(gap.offset)
      rows.append(optional: gap.size)
      rows.append(gap.noticed)
      rows.append(optional: gap.after)
    }
    // What arrives twice is read as one.
    _ = try connection.ask(
      ClusterRequest(ClusterTables.gap.insertion, rows: rows.bytes, settings: settings))
  }

  /// What is there: in the order of paths.
  private func known() throws(ClusterError) -> (version: UInt64, gaps: [StoredGap]) {
    var answer = RowReader(
      try connection.ask(
        ClusterRequest(
          """
          SELECT DISTINCT version, path, offset, size, noticed_ms, after_ms FROM gap
            WHERE edge = \(edge.number) ORDER BY version, noticed_ms, path, offset FORMAT RowBinary
          """)))
    var (newest, gaps): (UInt64, [StoredGap]) = (0, [])
    while !answer.isAtEnd {
      let version: UInt64 = try answer.next()
      if version > newest { (newest, gaps) = (version, []) }
      let gap = StoredGap(
        path: try answer.text(), offset: try answer.next(), size: try answer.optional(),
        noticed: try answer.next(), after: try answer.optional())
      if !gap.path.isEmpty { gaps.append(gap) }
    }
    return (newest, gaps)
  }
}
