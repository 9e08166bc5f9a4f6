/// What a server's version knows of what tables are made with.
package struct Dialect: Sendable, Equatable {
  /// Version 18.16, which Debian has, lacks codecs, indexes that skip, expiry of rows, and texts that
  /// stand once in dictionaries; servers in between are treated alike.
  private static let first = (21, 8)
  package let version: String
  let isModern: Bool

  /// A server of today.
  package static let current = Dialect(version: "26.9")

  package init(version: String) {
    self.version = version
    let numbers = version.split(separator: ".").prefix(2).map { Int($0) ?? 0 }
    let own = (numbers.first ?? 0, numbers.count > 1 ? numbers[1] : 0)
    isModern = own >= Dialect.first
  }

  /// That of a server.
  package init(of connection: ClusterConnection) throws(ClusterError) {
    var rows = RowReader(
      try connection.ask(ClusterRequest("SELECT version() FORMAT RowBinary", isInDatabase: false)))
    self.init(version: try rows.text())
  }

  /// A type whose few texts stand once each.
  func word(_ type: String) -> String { isModern ? "LowCardinality(\(type))" : type }

  func codec(_ codec: String) -> String { isModern ? " CODEC(\(codec))" : "" }

  /// What each insert is sent with: a server that hands rows on to others answers when they have them.
  var insertSettings: [(name: String, value: String)] {
    [("insert_distributed_sync", "1")]
      + (isModern ? [("max_partitions_per_insert_block", "0"), ("async_insert", "0")] : [])
  }
}
