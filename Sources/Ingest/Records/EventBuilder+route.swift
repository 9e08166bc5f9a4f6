internal import Batches
internal import Files
internal import JSON
internal import Profiles
internal import Redaction

// What was asked for.
extension EventBuilder {
  /// The log's own route, else the path with its ids taken out.
  func addRoute(_ original: Bytes?, to row: inout EventRow, _ batch: Batch) {
    // An id is the route of nothing.
    let route = fields.first(.route) { candidate in
      text(candidate.value, of: .route).flatMap { isMade($0) ? nil : $0 }
    }
    // Most paths have come before, and are their own routes.
    if route == nil, let original, let known = caches.lexicons.find(original, in: .route),
      caches.isPlainPath.count > known, caches.isPlainPath[Int(known)]
    {
      row.route = known
      row.pathIsRoute = true
      return
    }
    let path = original.map { redactor?.redacted($0) ?? $0 }
    if let route {
      row.route = number(route, .route, batch)
      // A route that is a path stands for one; a name does not.
      row.pathIsRoute = path?.elementsEqual(route) ?? (route.first == UInt8(ascii: "/"))
    } else if let path, !path.isEmpty {
      template.make(from: path)
      row.route = template.bytes.withUnsafeBufferPointer { number($0, .route, batch) }
      row.pathIsRoute = !template.hasIDs
      if row.pathIsRoute, path.baseAddress == original?.baseAddress { notePlainPath(row.route) }
    }
    if let path, !row.pathIsRoute { row.path = batch.keep(path) }
  }

  /// Whether a machine made it: a UUID, or the like in hexadecimal.
  private func isMade(_ text: Bytes) -> Bool {
    text.count >= 16 && text.contains { (0x30...0x39).contains($0) }
      && text.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
          || byte == UInt8(ascii: "-")
      }
  }

  private func text(_ value: JSONValue, of field: GatewayProfile.Field) -> Bytes? {
    (fields.word(field, value) ?? scalar(value).string).flatMap { isNullMarker($0) ? nil : $0 }
  }

  private func notePlainPath(_ route: Word) {
    while caches.isPlainPath.count <= route { caches.isPlainPath.append(false) }
    caches.isPlainPath[Int(route)] = true
  }
}
