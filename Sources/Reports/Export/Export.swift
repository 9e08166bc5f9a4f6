package import Answers
package import Questions

/// The rows of a view, one after another: as many as there are, and never all at once.
package struct Export {
  private let archive: any Archive
  private let view: ExportedView
  private let conditions: [String]
  private let parameters: [String: QueryParameter]
  private let isBounded: Bool

  /// - Parameters:
  ///   - since: the first moment; nil for all that is there, undated rows too.
  ///   - until: exclusive.
  ///   - vendors: as the store calls them; empty for all.
  package init(
    _ view: ExportedView, of archive: any Archive, since: Int64?, until: Int64?,
    vendors: [String], gateway: String?
  ) {
    self.view = view
    self.archive = archive
    isBounded = since != nil || until != nil
    var conditions: [String] = []
    var parameters: [String: QueryParameter] = [:]
    if isBounded {
      parameters["since_ms"] = .integer(since ?? .min)
      parameters["until_ms"] = .integer(until ?? .max)
      conditions.append(
        view.name == "batches"
          ? "last_time_ms >= :since_ms AND first_time_ms < :until_ms"
          : "time_ms >= :since_ms AND time_ms < :until_ms")
    }
    if view.hasVendors {
      let names = vendors.indices.map { "vendor_\($0)" }
      for (name, vendor) in zip(names, vendors) { parameters[name] = .text(vendor) }
      if !names.isEmpty {
        conditions.append("vendor IN (\(names.map { ":\($0)" }.joined(separator: ", ")))")
      }
      if let gateway {
        parameters["gateway"] = .text(gateway)
        conditions.append("gateway = :gateway")
      }
    }
    self.conditions = conditions
    self.parameters = parameters
  }

  /// Hands over each row, a value for each column of the view.
  package func rows(_ body: ([Value]) throws -> Void) throws {
    guard view.name == "events", isBounded else { return try rows(conditions, parameters, body) }
    // Events of a time stand in few batches: the others are not read.
    var ranges: [(first: Int64, end: Int64)] = []
    let near = parameters.filter { ["since_ms", "until_ms"].contains($0.key) }
    try archive.run(
      """
      SELECT first_id, end_id FROM batches
      WHERE last_time_ms >= :since_ms AND first_time_ms < :until_ms ORDER BY first_id
      """, of: .errata, near
    ) { row in
      if case .integer(let first) = row.value(0), case .integer(let end) = row.value(1) {
        ranges.append((first, end))
      }
    }
    for range in ranges {
      var parameters = parameters
      parameters["first_id"] = .integer(range.first)
      parameters["end_id"] = .integer(range.end)
      try rows(["id >= :first_id AND id < :end_id"] + conditions, parameters, body)
    }
  }

  private func rows(
    _ conditions: [String], _ parameters: [String: QueryParameter],
    _ body: ([Value]) throws -> Void
  ) throws {
    let columns = view.columns
    let names = columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
    let condition = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    try archive.run(
      "SELECT \(names) FROM \(view.name)\(condition) ORDER BY \(view.order)", of: .errata,
      parameters
    ) { row in
      try body(
        columns.indices.map { place in
          switch row.value(place) {
          case .null: .null
          case .integer(let value): .integer(value)
          case .number(let value): .number(value)
          case .text(let text): columns[place].sort == .json ? .json(text) : .text(text)
          }
        })
    }
  }
}
