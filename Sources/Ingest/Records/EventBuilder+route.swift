internal import Batches
internal import Files
internal import Profiles
internal import Redaction

// What was asked for.
extension EventBuilder {
  /// The log's own route, else the path with its ids taken out.
  func addRoute(_ original: Bytes?, to row: inout EventRow, _ batch: Batch) {
    let route = fields.text(.route)?.text
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

  private func notePlainPath(_ route: Word) {
    while caches.isPlainPath.count <= route { caches.isPlainPath.append(false) }
    caches.isPlainPath[Int(route)] = true
  }
}
