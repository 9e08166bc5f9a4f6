/// What servers let a question take: no more than they would anyhow.
struct ClusterLimits {
  /// Seconds; 0 for no limit of the server's.
  var seconds: Int64 = 0
  /// Bytes on each server.
  var memory: Int64 = 0
  /// Whether a server can end a question when nobody waits for its answer any more.
  var endsAbandoned = false
  /// Whether who asks may do nothing but read anyhow.
  var isReadOnly = false

  private static let ending = "cancel_http_readonly_queries_on_client_close"
  private static let mostSeconds: Int64 = 300
  private static let mostMemory: Int64 = 8 << 30

  /// Those of a server.
  init(of connection: ClusterConnection) throws(ClusterError) {
    var rows = RowReader(
      try connection.ask(
        ClusterRequest(
          """
          SELECT name, value FROM system.settings
            WHERE name IN ('max_execution_time', 'max_memory_usage', 'readonly',
              '\(ClusterLimits.ending)') FORMAT RowBinary
          """, isInDatabase: false)))
    while !rows.isAtEnd {
      let (name, value) = (try rows.text(), Int64(try rows.text()) ?? 0)
      switch name {
      case "max_memory_usage": memory = value
      case "readonly": isReadOnly = value != 0
      case ClusterLimits.ending: endsAbandoned = true
      default: seconds = value
      }
    }
  }

  /// Settings that hold a question to them.
  ///
  /// - Parameter left: the seconds until nobody waits for an answer any more; nil where that is open.
  func settings(left: Double?) -> [(name: String, value: String)] {
    var seconds = ClusterLimits.lesser(self.seconds, ClusterLimits.mostSeconds)
    if let left { seconds = min(seconds, max(1, Int64(min(left.rounded(.up), 1e6)))) }
    let memory = ClusterLimits.lesser(self.memory, ClusterLimits.mostMemory)
    return [
      ("max_execution_time", "\(seconds)"), ("max_memory_usage", "\(memory)"),
      // What does not fit is sorted and counted on disk.
      ("max_bytes_before_external_sort", "\(memory / 2)"),
      ("max_bytes_before_external_group_by", "\(memory / 2)"),
    ]
  }

  /// Settings by which a question ends with the connection that it came by: servers that can do so do
  /// it for those who may not change anything.
  ///
  /// - Parameter isForbidden: whether it is said already that nothing may be changed.
  func ending(_ isForbidden: Bool) -> [(name: String, value: String)] {
    guard endsAbandoned else { return [] }
    // 2: settings may be changed still.
    return [(ClusterLimits.ending, "1")] + (isReadOnly || isForbidden ? [] : [("readonly", "2")])
  }

  /// 0 stands for no limit.
  private static func lesser(_ own: Int64, _ most: Int64) -> Int64 {
    own > 0 ? min(own, most) : most
  }
}
