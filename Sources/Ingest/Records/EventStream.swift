internal import Files

/// A stream of server-sent events that was logged as one text.
/// <https://html.spec.whatwg.org/multipage/server-sent-events.html>
struct EventStream {
  /// Of the event that tells the outcome: the lines from its first with data on.
  private var lines: Bytes
  /// Whether the event is named `error`.
  private(set) var isFailure = false
  /// The data on the first of its lines.
  private(set) var first: Bytes

  /// Nil for a text that is no such stream, or has no data.
  init?(_ text: Bytes) {
    guard EventStream.begins(text) else { return nil }
    lines = text.part(0..<0)
    first = lines
    var hasData = false
    var isErrorEvent = false
    var wasChosen = false
    var isWithin = false
    var start = 0
    while start < text.count {
      let rest = text.part(start..<text.count)
      let end = rest.place(of: 0x0A) ?? rest.count
      let line = rest.part(0..<end).trimmed
      if line.isEmpty {
        isErrorEvent = false
        isWithin = false
      } else if let name = EventStream.value(of: "event", in: line) {
        isErrorEvent = name.isEqual(to: "error")
      } else if !isWithin, let data = EventStream.value(of: "data", in: line),
        !data.isEqual(to: "[DONE]")
      {
        isWithin = true
        // The last that fails, which ended the stream, else the last that is there.
        let isChosen = isErrorEvent || EventStream.maySayFailure(rest)
        if isChosen || !wasChosen {
          lines = rest
          first = data
          isFailure = isErrorEvent
          hasData = true
          wasChosen = wasChosen || isChosen
        }
        if isErrorEvent { break }
      }
      start += end + 1
    }
    if !hasData { return nil }
  }

  /// `data:`, or one of the fields or a comment that may stand before it.
  private static func begins(_ text: Bytes) -> Bool {
    if text.starts(with: "data:".utf8) || text.starts(with: "event:".utf8) { return true }
    guard
      text.first == UInt8(ascii: ":") || text.starts(with: "id:".utf8)
        || text.starts(with: "retry:".utf8)
    else { return false }
    return "\ndata:".withBytes { text.place(of: $0, from: 0) } != nil
  }

  private static func value(of field: StaticString, in line: Bytes) -> Bytes? {
    let count = field.utf8CodeUnitCount
    guard line.count > count, line[count] == UInt8(ascii: ":"),
      line.part(0..<count).isEqual(to: field)
    else { return nil }
    return line.part(count + 1..<line.count).trimmed
  }

  /// Whether an event speaks of an error that is there, or of having failed.
  private static func maySayFailure(_ rest: Bytes) -> Bool {
    var end = rest.count
    if let blank = blank(in: rest) { end = blank }
    let event = rest.part(0..<end)
    return signs.contains { sign in
      sign.withUTF8Buffer { sign in
        var place = 0
        while let found = event.place(of: sign, from: place) {
          let behind = event.part(found + sign.count..<event.count).trimmed
          if !behind.starts(with: "null".utf8) { return true }
          place = found + sign.count
        }
        return false
      }
    }
  }

  private static let signs: [StaticString] = [
    "\"error\":", "\"failed\"", "\"errors\":", "\"response.failed\"",
  ]

  /// Where the empty line stands that ends an event.
  private static func blank(in text: Bytes) -> Int? {
    var place = 0
    while let end = text.part(place..<text.count).place(of: 0x0A) {
      let next = place + end + 1
      guard next < text.count else { return nil }
      if text[next] == 0x0A || text[next] == 0x0D { return next }
      place = next
    }
    return nil
  }

  /// The data of the event, line by line; nil where there is none.
  func data(in room: inout [UInt8]) -> [UInt8]? {
    room.removeAll(keepingCapacity: true)
    for line in lines.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let line = Bytes(rebasing: line).trimmed
      if line.isEmpty { break }
      guard let data = EventStream.value(of: "data", in: line) else { continue }
      if !room.isEmpty { room.append(0x0A) }
      room.append(contentsOf: data)
    }
    return room.isEmpty ? nil : room
  }
}
