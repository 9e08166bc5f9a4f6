internal import Files

/// What Python prints of an object: `{'error': {'code': 429, 'param': None}}`.
enum PythonObject {
  /// The same as JSON; nil where it is anything else.
  static func json(_ text: Bytes) -> [UInt8]? {
    var json: [UInt8] = []
    json.reserveCapacity(text.count + 16)
    var place = 0
    while place < text.count {
      let byte = text[place]
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        guard let end = copy(text, at: place, to: &json) else { return nil }
        place = end
      case 0x41...0x5A:
        guard
          let word = words.first(where: { text.part(place..<text.count).starts(with: $0.0.utf8) })
        else { return nil }
        json.append(contentsOf: word.1.utf8)
        place += word.0.utf8.count
      case UInt8(ascii: "("), UInt8(ascii: ")"):
        json.append(byte == UInt8(ascii: "(") ? UInt8(ascii: "[") : UInt8(ascii: "]"))
        place += 1
      default:
        json.append(byte)
        place += 1
      }
    }
    return json
  }

  private static let words = [("None", "null"), ("True", "true"), ("False", "false")]

  /// Copies a string, and says where it ends.
  private static func copy(_ text: Bytes, at start: Int, to json: inout [UInt8]) -> Int? {
    let quote = text[start]
    json.append(UInt8(ascii: "\""))
    var place = start + 1
    while place < text.count, text[place] != quote {
      switch text[place] {
      case UInt8(ascii: "\\"):
        guard place + 1 < text.count else { return nil }
        let next = text[place + 1]
        if next == UInt8(ascii: "x"), place + 3 < text.count {
          json.append(contentsOf: "\\u00".utf8)
          json.append(contentsOf: text[place + 2...place + 3])
          place += 4
          continue
        }
        if next != UInt8(ascii: "'") { json.append(UInt8(ascii: "\\")) }
        json.append(next)
        place += 2
      case UInt8(ascii: "\""):
        json.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\"")])
        place += 1
      case 0x0A:
        json.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
        place += 1
      default:
        json.append(text[place])
        place += 1
      }
    }
    guard place < text.count else { return nil }
    json.append(UInt8(ascii: "\""))
    return place + 1
  }
}
