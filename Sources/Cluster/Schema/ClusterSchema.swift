/// The statements that make the tables of a cluster, for an operator to read and run.
package struct ClusterSchema: Sendable {
  /// How many servers there are, and what they know of each other.
  package struct Layout: Sendable, Equatable {
    /// The cluster's name in the servers' configuration, where rows are spread over its shards.
    package var cluster: String?
    /// Whether each shard has copies, kept alike by ZooKeeper or Keeper.
    package var isReplicated = false
    /// After so many days rows go.
    package var days: Int?

    package init(cluster: String? = nil, isReplicated: Bool = false, days: Int? = nil) {
      (self.cluster, self.isReplicated, self.days) = (cluster, isReplicated, days)
    }
  }

  /// Of the tables: one that a newer errata has made otherwise is refused.
  static let version: Int64 = 2

  private let database: String
  private let dialect: Dialect
  private let layout: Layout

  package init(
    database: String, dialect: Dialect, layout: Layout = Layout()
  ) throws(ClusterError) {
    guard !database.isEmpty, layout.cluster?.isEmpty != true else {
      throw ClusterError(.address, "a database and a cluster have names")
    }
    if layout.days != nil, !dialect.isModern {
      throw ClusterError(
        .tables, "rows do not expire on a server of version \(dialect.version)",
        hint: .text(
          "Leave days out, and drop a month at a time: ALTER TABLE event DROP PARTITION 202611"))
    }
    if layout.isReplicated, layout.cluster == nil {
      throw ClusterError(.tables, "copies are kept by the servers of a cluster, which has a name")
    }
    (self.database, self.dialect, self.layout) = (database, dialect, layout)
  }

  /// Each is one statement, without a semicolon.
  package var statements: [String] {
    var statements = ["CREATE DATABASE IF NOT EXISTS \(quoted(database))\(everywhere)"]
    for table in ClusterTables.all(dialect) {
      statements.append(own(table))
      if layout.cluster != nil, !table.isLocal { statements.append(spread(table)) }
    }
    for feed in ClusterFeeds.all { statements.append(made(feed)) }
    let ledger = place(local("batch"))
    for made in ClusterViews.deliveries(ledger) + ClusterViews.all(place) {
      statements.append("\(view(made.name, made.words))\n\(made.select)")
    }
    statements.append(
      "INSERT INTO \(place("setting")) (name, value) VALUES ('schema', \(ClusterSchema.version))")
    return statements
  }

  /// As a file of SQL.
  package var text: String { statements.map { $0 + ";\n" }.joined(separator: "\n") }

  // MARK: Names

  private var everywhere: String {
    layout.isReplicated ? layout.cluster.map { " ON CLUSTER \(quoted($0))" } ?? "" : ""
  }

  private func quoted(_ name: String) -> String { quotedName(name) }

  private func place(_ name: String) -> String { "\(quoted(database)).\(name)" }

  /// What a server itself has of a table.
  private func local(_ name: String) -> String { layout.cluster == nil ? name : name + "_local" }

  // MARK: Statements

  private func own(_ table: ClusterTables.Table) -> String {
    let name = table.isLocal ? table.name : local(table.name)
    let columns = table.columns.map { "  \(quoted($0.name)) \($0.type)" }
    let lines = columns + table.indexes.map { "  " + $0 }
    var statement = """
      -- \(table.words)
      CREATE TABLE IF NOT EXISTS \(place(name))\(everywhere)
      (
      \(lines.joined(separator: ",\n"))
      )
      ENGINE = \(engine(table))
      """
    if let time = table.time {
      let date = table.day.map { "toDate(\($0))" } ?? "toDateTime(intDiv(\(time), 1000), 'UTC')"
      statement += "\nPARTITION BY toYYYYMM(\(date))"
    }
    statement += "\nORDER BY \(table.order)"
    if let time = table.time, let days = layout.days, !table.isKept {
      statement += "\nTTL toDateTime(intDiv(\(time), 1000), 'UTC') + INTERVAL \(days) DAY"
    }
    if let granularity = table.granularity {
      statement += "\nSETTINGS index_granularity = \(granularity)"
    }
    return statement
  }

  private func engine(_ table: ClusterTables.Table) -> String {
    let kind = table.isSet ? "ReplacingMergeTree" : "MergeTree"
    guard layout.isReplicated else { return kind + "()" }
    let shard = table.isLocal ? "{shard}-{replica}" : "{shard}"
    return
      "Replicated\(kind)('/clickhouse/tables/\(shard)/\(database)/\(table.name)', '{replica}')"
  }

  /// The table that has the rows of all shards.
  private func spread(_ table: ClusterTables.Table) -> String {
    let local = local(table.name)
    return """
      CREATE TABLE IF NOT EXISTS \(place(table.name))\(everywhere) AS \(place(local))
      ENGINE = Distributed(\(quoted(layout.cluster ?? "")), \(quoted(database)), \(local), \(table.shard))
      """
  }

  private func made(_ feed: ClusterFeeds.Feed) -> String {
    """
    -- \(feed.words)
    CREATE MATERIALIZED VIEW IF NOT EXISTS \(place(feed.name))\(everywhere) TO \(place(local(feed.target))) AS
    SELECT \(feed.select)
      FROM \(place(local(feed.source)))
      \(feed.rest)
    """
  }

  private func view(_ name: String, _ words: String) -> String {
    "-- \(words)\nCREATE VIEW IF NOT EXISTS \(place(name))\(everywhere) AS"
  }
}

/// A name as SQL has it, whatever it holds.
func quotedName(_ name: String) -> String {
  var quoted = "`"
  for character in name {
    if character == "`" || character == "\\" { quoted.append("\\") }
    quoted.append(character)
  }
  return quoted + "`"
}

/// A text as SQL has it.
func quotedText(_ text: String) -> String {
  var quoted = "'"
  for character in text {
    if character == "'" || character == "\\" { quoted.append("\\") }
    quoted.append(character)
  }
  return quoted + "'"
}
