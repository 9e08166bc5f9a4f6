internal import Files

// Ids that stand in their header along with other things.

/// The trace id of what tracers send along: `traceparent`, `b3`, `sentry-trace`, `uber-trace-id`,
/// `X-Cloud-Trace-Context`; other ids as they are.
func parentTraceID(in id: Bytes) -> Bytes {
  // A UUID or a bare trace id, as most are.
  if id.count < 33 || id.count == 36 && id[8] == UInt8(ascii: "-") { return id }
  if isTraceparent(id) { return id.part(3..<35) }
  for length in [16, 32] where id.count > length + 1 {
    let mark = id[length]
    guard "-:/".utf8.contains(mark), id.part(0..<length).allSatisfy(isHexadecimal) else { continue }
    let rest = id.part(length + 1..<id.count)
    let span = rest.prefix { isHexadecimal($0) }.count
    let isEnd = span == rest.count || rest[span] == mark || rest[span] == UInt8(ascii: ";")
    // Jaeger's and Google's spans are numbers of any length.
    if isEnd, mark == UInt8(ascii: "-") ? span == 16 : (1...20).contains(span) {
      return id.part(0..<length)
    }
  }
  return id
}

/// The same, and the ray of a `cf-ray` without the place it came through, which Cloudflare's pages
/// leave out; of an `x-vercel-id` the request's own part, behind the places.
func headerID(in id: Bytes) -> Bytes {
  if id.count < 20 { return id }
  if id.count == 20 { return isRay(id) ? id.part(0..<16) : id }
  // Places have four letters: `fra1::iad1::…`
  if id.count > 32, id.part(0..<6).contains(UInt8(ascii: ":")),
    let colon = id.lastIndex(of: UInt8(ascii: ":")), colon > 0, id[colon - 1] == id[colon],
    colon + 8 < id.count
  {
    return id.part(colon + 1..<id.count)
  }
  return parentTraceID(in: id)
}

/// The same, and of `projects/P/traces/ID` or Amazon's `Root=ID;Parent=…` the id.
func traceID(in id: Bytes) -> Bytes {
  let own = headerID(in: id)
  if own.count < id.count || id.count <= 36 && id.place(of: UInt8(ascii: "/")) == nil { return own }
  if id.place(of: UInt8(ascii: "=")) != nil, let root = amazonRoot(of: id) { return root }
  // Base64, as the long ones of S3 are, has slashes of its own.
  guard id.count < 60 || id.starts(with: "projects/".utf8),
    let slash = id.lastIndex(of: UInt8(ascii: "/")), slash + 1 < id.count
  else { return id }
  return id.part(slash + 1..<id.count)
}

/// The trace id of Amazon's `Root=ID;Parent=…`; other ids as they are.
func amazonID(_ id: Bytes) -> Bytes {
  id.place(of: UInt8(ascii: "=")) == nil ? id : amazonRoot(of: id) ?? id
}

/// <https://www.w3.org/TR/trace-context/#traceparent-header>
private func isTraceparent(_ id: Bytes) -> Bool {
  id.count == 55 && id[2] == UInt8(ascii: "-") && id[35] == UInt8(ascii: "-")
}

/// `8f2ac1d94f0b5c3e-FRA`: <https://developers.cloudflare.com/fundamentals/reference/cloudflare-ray-id/>
private func isRay(_ id: Bytes) -> Bool {
  id[16] == UInt8(ascii: "-") && id.suffix(3).allSatisfy { (0x41...0x5A).contains($0) }
    && id.part(0..<16).allSatisfy(isHexadecimal)
}

private func amazonRoot(of id: Bytes) -> Bytes? {
  id.split(separator: UInt8(ascii: ";")).first { $0.starts(with: "Root=".utf8) }
    .map { Bytes(rebasing: $0.dropFirst(5)) }
}

private func isHexadecimal(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
}
