package import Answers

/// A view of the store as other programs are given it: its columns in order, each of one type.
package struct ExportedView: Sendable {
  package enum Sort: String, Keyword {
    case int64, float64, string, json
    /// A text such as `2026-11-20T14:02:00.000Z`.
    case timestamp

    /// What DuckDB calls it.
    var duckType: String {
      switch self {
      case .int64: "BIGINT"
      case .float64: "DOUBLE"
      case .string: "VARCHAR"
      case .json: "JSON"
      case .timestamp: "TIMESTAMP"
      }
    }
  }

  package struct Column: Sendable {
    package let name: String
    package let sort: Sort
    package let isNullable: Bool
  }

  package let name: String
  package let columns: [Column]
  /// By which its rows are put in order.
  let order: String

  package static let all = [events, minutes, traffic, batches]

  private static let events = ExportedView(
    "events", order: "id",
    .one("id", .int64), .some("time_ms", .int64), .some("vendor", .string),
    .some("status", .int64), .some("code", .string), .one("kind", .string),
    .some("message", .string), .some("request_id", .string), .some("method", .string),
    .some("route", .string), .some("path", .string), .some("consumer", .string),
    .some("latency_ms", .float64), .some("retry_after_ms", .int64),
    .some("upstream_status", .int64), .one("answered_by", .string), .some("details", .json),
    .one("source", .string), .one("offset", .int64), .one("length", .int64),
    .one("part", .int64), .some("gateway", .string), .some("time", .timestamp))

  private static let minutes = ExportedView(
    "minutes", order: "time_ms, vendor NULLS FIRST, gateway NULLS FIRST",
    .one("time_ms", .int64), .some("vendor", .string), .one("successes", .int64),
    .one("errors", .int64), .one("rate_limited", .int64), .one("plan_limited", .int64),
    .one("server_errors", .int64), .some("gateway", .string), .one("time", .timestamp))

  private static let traffic = ExportedView(
    "traffic",
    order: "time_ms NULLS FIRST, vendor NULLS FIRST, gateway NULLS FIRST, status NULLS FIRST, "
      + "code NULLS FIRST, kind",
    .some("time_ms", .int64), .some("vendor", .string), .some("status", .int64),
    .some("code", .string), .one("kind", .string), .one("responses", .int64),
    .some("gateway", .string), .some("time", .timestamp))

  private static let batches = ExportedView(
    "batches", order: "first_id",
    .one("first_id", .int64), .one("end_id", .int64), .some("first_time_ms", .int64),
    .some("last_time_ms", .int64), .some("first_time", .timestamp), .some("last_time", .timestamp))

  private init(_ name: String, order: String, _ columns: Column...) {
    self.name = name
    self.columns = columns
    self.order = order
  }

  var hasVendors: Bool { columns.contains { $0.name == "vendor" } }
}

extension ExportedView.Column {
  fileprivate static func one(_ name: String, _ sort: ExportedView.Sort) -> Self {
    Self(name: name, sort: sort, isNullable: false)
  }

  fileprivate static func some(_ name: String, _ sort: ExportedView.Sort) -> Self {
    Self(name: name, sort: sort, isNullable: true)
  }
}

/// What `export --schema` prints.
package struct ExportSchema: Described {
  let view: ExportedView

  package init(_ view: ExportedView) { self.view = view }

  package static let fields: Fields<ExportSchema> = [
    Field("view", "the view whose rows are exported") { $0.view.name },
    Field("columns", "its columns, in order") { $0.view.columns },
    Field("duckdb", "the columns as DuckDB's read_json takes them") { schema in
      "{"
        + schema.view.columns.map { "\"\($0.name)\": '\($0.sort.duckType)'" }
        .joined(separator: ", ") + "}"
    },
  ]
}

extension ExportedView.Column: Described {
  package static let fields: Fields<ExportedView.Column> = [
    Field("name", "the column") { $0.name },
    Field("type", "what its values are, where there is one") { $0.sort },
    Field("nullable", "whether a row may have none") { $0.isNullable },
  ]
}
