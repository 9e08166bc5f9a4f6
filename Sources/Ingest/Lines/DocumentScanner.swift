internal import Files

/// Finds where JSON objects begin and end in a text, one after the other.
struct DocumentScanner {
  enum Finding {
    /// An object, or a line of something else, ends before a place.
    case end(Int)
    /// It does not end within the text.
    case unfinished
  }

  private var depth = 0
  private var isQuoted = false
  private var isEscaped = false

  /// Where the next object or the next line of something else begins; nil where there is none.
  static func start(in text: Bytes, from place: Int) -> Int? {
    var place = place
    while place < text.count {
      switch text[place] {
      case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"):
        place += 1
      case 0xEF where text.part(place..<place + 3).elementsEqual([0xEF, 0xBB, 0xBF]): place += 3
      default: return place
      }
    }
    return nil
  }

  /// The first object of a text from a place on, or nil where none is whole.
  static func first(in text: Bytes, from place: Int = 0) -> Range<Int>? {
    guard let start = start(in: text, from: place) else { return nil }
    var scanner = DocumentScanner()
    let isObject = text[start] == UInt8(ascii: "{")
    guard case .end(let end) = scanner.scan(text, from: start, isObject: isObject) else {
      return nil
    }
    return start..<end
  }

  /// How long the object is with which a text begins, where another follows it on its line.
  static func lengthOfFollowed(_ text: Bytes) -> Int? {
    guard text.first == UInt8(ascii: "{") else { return nil }
    var scanner = DocumentScanner()
    guard case .end(let length) = scanner.scan(text, from: 0, isObject: true) else { return nil }
    let next = text.part(length..<text.count).first { !$0.isBlank }
    return next == UInt8(ascii: "{") ? length : nil
  }

  static func count(in text: Bytes) -> Int {
    var count = 0
    var place = 0
    while let found = first(in: text, from: place) {
      count += 1
      place = found.upperBound
    }
    return count
  }

  static func hasWhole(in text: Bytes) -> Bool { first(in: text) != nil }

  /// Looks on, from a place, for the end of an object or line that began before.
  mutating func scan(_ text: Bytes, from place: Int, isObject: Bool) -> Finding {
    var place = place
    while place < text.count {
      let byte = text[place]
      place += 1
      guard isObject else {
        if byte == 0x0A { return .end(place - 1) }
        continue
      }
      if isQuoted {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isQuoted = false
        } else if byte == 0x0A {
          // No string has one: the object is broken, and the next begins here.
          return .end(place - 1)
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isQuoted = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth <= 0 { return .end(place) }
      default: break
      }
    }
    return .unfinished
  }
}
