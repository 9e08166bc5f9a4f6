internal import Files
internal import SQLite
internal import Times

// Whether what a store says can be at all, whatever it adds up to.
extension Verification {
  /// Every number is one that can have been stored, and refers to a text that may be there.
  mutating func checkValues(_ connection: Connection) throws {
    for table in StoredTable.all {
      for (column, count) in try table.impossible(on: connection) {
        let rows = count == 1 ? "1 row holds" : "\(count) rows hold"
        problems.append("\(table.name).\(column): \(rows) what cannot be")
      }
    }
    if try connection.integer("SELECT COUNT(*) FROM setting WHERE name = 'id_seed'") != 1 {
      problems.append("the seed of its ids is missing")
    }
  }
}

/// What the columns of a table may hold.
struct StoredTable {
  let name: String
  let columns: [(name: String, rule: Rule)]

  /// What a column is held to.
  enum Rule: Equatable {
    case domain(Domain)
    /// The start of a stretch of so many milliseconds.
    case start(Int64)
    /// The number of a row of another table; 0 or null for none.
    case row(of: String)

    func isImpossible(_ column: String) -> String {
      switch self {
      case .domain(let domain):
        "\(column) NOT BETWEEN \(domain.range.lowerBound) AND \(domain.range.upperBound)"
      case .start(let length):
        Rule.domain(.time).isImpossible(column) + " OR \(column) % \(length) <> 0"
      case .row(let table):
        "\(column) NOT BETWEEN 0 AND (SELECT COALESCE(MAX(id), 0) FROM \(table))"
      }
    }
  }

  init(_ name: String, _ rules: KeyValuePairs<String, Rule>) {
    self.name = name
    columns = rules.map { ($0, $1) }
  }

  /// The columns that hold what cannot be, and how many rows do.
  func impossible(on connection: Connection) throws -> [(column: String, rows: Int64)] {
    if columns.isEmpty { return [] }
    let counts = columns.map {
      "COUNT(*) FILTER (WHERE \($0.rule.isImpossible("\"\($0.name)\"")))"
    }
    let statement = try connection.prepare(
      "SELECT \(counts.joined(separator: ", ")) FROM \"\(name)\"")
    guard try statement.step() else { return [] }
    return columns.enumerated().compactMap { place, column in
      let rows = statement.integer(place)
      return rows == 0 ? nil : (column.name, rows)
    }
  }

  /// The columns that refer to the rows of a table.
  func references(to table: String) -> [String] {
    columns.filter { $0.rule == .row(of: table) }.map(\.name)
  }

  static let event = StoredTable(
    "event",
    [
      "id": .domain(.number), "time_ms": .domain(.time), "vendor": .row(of: "vendor"),
      "gateway": .row(of: "gateway"), "status": .domain(.status), "code": .row(of: "code"),
      "kind": .row(of: "kind"),
      "message": .row(of: "message"), "method": .row(of: "method"), "route": .row(of: "route"),
      "consumer": .row(of: "consumer"), "latency_us": .domain(.amount),
      "retry_after_ms": .domain(.amount), "upstream_status": .domain(.status),
      "answered_by": .row(of: "answerer"), "details": .row(of: "details"),
      "batch": .row(of: "batch"), "offset": .domain(.bytes), "length": .domain(.bytes),
      "part": .domain(.count),
    ])

  private static let ledger = [
    StoredTable(
      "source",
      [
        "id": .domain(.number), "head_length": .domain(.bytes), "parent": .row(of: "source"),
        "fork": .domain(.bytes), "consumed": .domain(.bytes), "size": .domain(.bytes),
      ]),
    StoredTable("mark", ["source": .row(of: "source"), "offset": .domain(.bytes)]),
    StoredTable(
      "restart",
      [
        "source": .row(of: "source"), "offset": .domain(.bytes), "packed": .domain(.bytes),
        "bits": .domain(.bits),
      ]),
    StoredTable("header", ["source": .row(of: "source"), "offset": .domain(.bytes)]),
    StoredTable(
      "batch",
      [
        "id": .domain(.number), "source": .row(of: "source"), "offset": .domain(.bytes),
        "length": .domain(.bytes), "lines": .domain(.count), "events": .domain(.count),
        "successes": .domain(.count), "skipped": .domain(.count), "rejects": .domain(.count),
        "blank": .domain(.count), "undated": .domain(.count), "rejects_kept": .domain(.count),
        "first_event": .domain(.number), "first_time_ms": .domain(.time),
        "last_time_ms": .domain(.time), "original": .row(of: "batch"), "pruned": .domain(.count),
        "identifiers": .domain(.count),
      ]),
    StoredTable(
      "reject",
      ["batch": .row(of: "batch"), "offset": .domain(.bytes), "length": .domain(.bytes)]),
    StoredTable(
      "reject_run",
      [
        "batch": .row(of: "batch"), "offset": .domain(.bytes), "length": .domain(.bytes),
        "lines": .domain(.count),
      ]),
    StoredTable(
      "pruning",
      [
        "before_ms": .domain(.moment), "events": .domain(.total), "rejects": .domain(.total),
        "counted_errors": .domain(.total), "counted_successes": .domain(.total),
      ]),
    StoredTable("gap", ["source": .row(of: "source"), "offset": .domain(.bytes)]),
  ]

  /// All that is calculated with. What `check` remembers is not: whatever stands there, it goes on.
  static let all = ledger + [event] + Derived.all.flatMap { $0.tables }
}
