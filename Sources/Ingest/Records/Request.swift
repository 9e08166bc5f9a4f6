internal import Files
internal import JSON
internal import Profiles

/// What was asked for, as far as the line says.
struct Request {
  var method: Bytes?
  /// Without its query.
  var path: Bytes?
  /// Of a full URL.
  var host: Bytes?
}

extension FieldReader {
  /// The request of the record read last: by its fields, else by the start of an HTTP message.
  func request() -> Request {
    let method = first(.method) { candidate in
      (word(.method, candidate.value) ?? candidate.value.string).flatMap(parseMethod)
    }
    let target = first(.path) { candidate in
      scalar(candidate.value).string.flatMap { isNullMarker($0) ? nil : RequestTarget($0) }
    }
    var request = Request(method: method, path: target?.path, host: target?.host)
    if method == nil || target == nil,
      let line = first(.requestLine, { $0.value.string.flatMap(parseRequestLine) })
    {
      request.method = method ?? line.method
      if target == nil, let target = RequestTarget(line.path) {
        request.path = target.path
        request.host = target.host
      }
    }
    return request
  }
}
