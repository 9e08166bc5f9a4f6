/// One thing that a server is asked to do.
package struct ClusterRequest: Sendable {
  /// SQL.
  package var sql: String
  /// The rows of an insert, which come after its SQL; nil for anything else.
  package var rows: [UInt8]?
  /// ClickHouse's settings for it.
  package var settings: [(name: String, value: String)] = []
  /// Whether names are looked up in the address's database: not before that is made.
  package var isInDatabase = true
  /// So many bytes of an answer are taken.
  package var mostBytes = 1 << 30

  package init(
    _ sql: String, rows: [UInt8]? = nil, settings: [(name: String, value: String)] = [],
    isInDatabase: Bool = true
  ) {
    self.sql = sql
    self.rows = rows
    self.settings = settings
    self.isInDatabase = isInDatabase
  }

  /// The parameters of its address.
  ///
  /// - Parameter packs: whether the answer is to come packed.
  func parameters(_ address: ClusterAddress, packs: Bool) -> String {
    var parameters = packs ? [("enable_http_compression", "1")] : []
    // The status of an answer that is sent as it is found out says nothing of how it ends.
    if rows == nil { parameters.append(("wait_end_of_query", "1")) }
    if isInDatabase { parameters.append(("database", address.database)) }
    parameters += settings.map { ($0.name, $0.value) }
    if rows != nil { parameters.append(("query", sql)) }
    return parameters.map { "\($0)=\(ClusterAddress.encoded($1))" }.joined(separator: "&")
  }
}
