extension Schema {
  /// Format 6: the ledger's batches tell where the events of a time are, no index on time does.
  static let sixth = """
    DROP INDEX IF EXISTS event_by_time;
    \(Views.names.map { "DROP VIEW IF EXISTS \($0);" }.joined(separator: "\n"))
    \(Views.stored)
    """
}
