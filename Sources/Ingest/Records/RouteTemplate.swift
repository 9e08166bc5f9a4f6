internal import Batches
internal import Files

/// A path with its ids taken out, for logs that name no route: `/runs/8f2c61d0` is `/runs/{id}`.
///
/// Words, versions (`v1`, `2.0`, a date as the first segment) and verbs stay.
struct RouteTemplate {
  private(set) var bytes: [UInt8] = []
  /// Whether anything was taken out.
  private(set) var hasIDs = false

  /// Templates a path that has no query.
  mutating func make(from path: Bytes) {
    bytes.removeAll(keepingCapacity: true)
    hasIDs = false
    var start = 0
    var isFirst = true
    while start < path.count {
      var end = start
      while end < path.count, path[end] != UInt8(ascii: "/") { end += 1 }
      if end > start {
        add(path.part(start..<end), isFirst: isFirst)
        isFirst = false
      }
      if end < path.count { bytes.append(UInt8(ascii: "/")) }
      start = end + 1
    }
  }

  private mutating func add(_ segment: Bytes, isFirst: Bool) {
    switch PathSegment(segment).nature {
    case .word: bytes.append(contentsOf: segment)
    case .date where isFirst: bytes.append(contentsOf: segment)
    case .id, .date: addPlaceholder()
    case .parts: addParts(of: segment)
    }
  }

  private mutating func addPlaceholder() {
    bytes.append(contentsOf: RouteTemplate.placeholder)
    hasIDs = true
  }

  private static let placeholder = Array("{id}".utf8)

  /// A segment of several parts, such as `123:cancel`, `8f2c61d0.json`, `Orders(42)` or `1,2,3`.
  private mutating func addParts(of segment: Bytes) {
    if isVersion(segment) { return bytes.append(contentsOf: segment) }
    var start = 0
    while start <= segment.count {
      var end = start
      while end < segment.count, !PathSegment.isSeparator(segment[end]) { end += 1 }
      let part = segment.part(start..<end)
      if end > start, PathSegment(part).nature != .word {
        joinToPlaceholder()
        addPlaceholder()
      } else {
        bytes.append(contentsOf: part)
      }
      if end < segment.count { bytes.append(segment[end]) }
      start = end + 1
    }
  }

  /// A list of ids, or an address of numbers, is one place: takes a placeholder and the separator
  /// after it away again.
  private mutating func joinToPlaceholder() {
    let length = RouteTemplate.placeholder.count
    guard bytes.dropLast().suffix(length).elementsEqual(RouteTemplate.placeholder) else { return }
    bytes.removeLast(length + 1)
  }

  /// `1.0`, `v2.1.3`; four numbers are an address.
  private func isVersion(_ segment: Bytes) -> Bool {
    let text =
      segment.first.map { $0 | 0x20 } == UInt8(ascii: "v")
      ? segment.part(1..<segment.count) : segment
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return (2...3).contains(parts.count)
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy { (0x30...0x39).contains($0) }
      }
  }
}
