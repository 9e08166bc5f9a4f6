internal import JSON

// Lines of which one says again what another says.
extension EventBuilder {
  /// The text of the line that a record says again; whoever asks counts that line no more.
  func takeEcho(of record: JSONValue) -> [UInt8]? {
    guard let line = echoes.take(for: record, of: fields.gateway) else { return nil }
    if line.row != nil { repeated = line }
    return line.text
  }
}
