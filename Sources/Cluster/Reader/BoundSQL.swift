internal import Questions

/// SQL with values in the place of its parameters, which are written `:name` as SQLite has them. What
/// stands in texts and names is left as it is; comments are left out.
struct BoundSQL {
  /// The names of the parameters, each once, in their order.
  private(set) var parameters: [String] = []
  /// The SQL between them, and the name of the parameter behind each part but the last.
  private var parts: [(text: [UInt8], name: String?)] = []

  init(_ sql: String) {
    let bytes = Array(sql.utf8)
    var text: [UInt8] = []
    var place = 0
    func byte(_ offset: Int) -> UInt8? {
      bytes.indices.contains(place + offset) ? bytes[place + offset] : nil
    }
    /// Goes on behind the next of some bytes.
    func end(_ ending: [UInt8], escape: UInt8? = nil, from start: Int) -> Int {
      var place = start
      while place < bytes.count {
        if let escape, bytes[place] == escape {
          place += 2
        } else if bytes[place...].starts(with: ending) {
          return place + ending.count
        } else {
          place += 1
        }
      }
      return bytes.count
    }
    while let first = byte(0) {
      var next = place + 1
      switch first {
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
        next = end([first], escape: UInt8(ascii: "\\"), from: place + 1)
      case UInt8(ascii: "-") where byte(1) == first:
        place = end([0x0A], from: place)
        text.append(0x0A)
        continue
      case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"):
        place = end(Array("*/".utf8), from: place + 2)
        text.append(0x20)
        continue
      case UInt8(ascii: ":") where byte(1) == first: next = place + 2
      case UInt8(ascii: ":") where byte(1).map(BoundSQL.isOfName) == true:
        while next < bytes.count, BoundSQL.isOfName(bytes[next]) { next += 1 }
        let name = String(decoding: bytes[place + 1..<next], as: UTF8.self)
        if !parameters.contains(name) { parameters.append(name) }
        parts.append((text, name))
        text = []
        place = next
        continue
      default: break
      }
      next = min(next, bytes.count)
      text += bytes[place..<next]
      place = next
    }
    parts.append((text, nil))
  }

  /// With values; NULL for those that there are none for.
  func text(_ values: [String: QueryParameter]) -> String {
    var sql: [UInt8] = []
    for part in parts {
      sql += part.text
      guard let name = part.name else { continue }
      switch values[name] {
      case .integer(let number): sql += "toInt64(\(number))".utf8
      case .text(let text): sql += quotedText(text).utf8
      case nil: sql += "NULL".utf8
      }
    }
    var text = String(decoding: sql, as: UTF8.self)
    // It stands in brackets, and no second statement is taken.
    while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
    return text
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
    default: false
    }
  }
}
