internal import Batches
internal import Files
internal import JSON
internal import Profiles

/// A text of names and values: `error=3000&errorMessage=Not+found`, the same a pair a line, or
/// `Status: Declined` a line.
struct FormText {
  private enum Form { case pairs(separator: UInt8), lines }

  private let text: Bytes
  private let form: Form

  /// More pairs are left out.
  private static let most = 64
  private static let longestName = 40

  /// Nil for any other text.
  init?(_ text: Bytes) {
    let text = text.trimmed
    guard let form = FormText.form(of: text) else { return nil }
    self.text = text
    self.form = form
  }

  /// Whether a text begins as one does, asked before more is looked at.
  static func mayBe(_ text: Bytes) -> Bool {
    let name = text.part(0..<longestName)
    guard let end = name.firstIndex(where: { !isNameByte($0) }), end > 0 else { return false }
    return name[end] == UInt8(ascii: "=") || name[end] == UInt8(ascii: ":")
  }

  private static func form(of text: Bytes) -> Form? {
    guard mayBe(text) else { return nil }
    let lineEnd: UInt8 = 0x0A
    let isLines = text.contains(lineEnd)
    let separator = isLines ? lineEnd : UInt8(ascii: "&")
    let pieces = text.split(separator: separator)
    func isPair(_ piece: Slice<Bytes>, _ mark: UInt8) -> Bool {
      let piece = Bytes(rebasing: piece).trimmed
      guard let place = piece.place(of: mark), place > 0, place <= longestName else { return false }
      return piece.part(0..<place).allSatisfy(isNameByte)
    }
    if pieces.allSatisfy({ isPair($0, UInt8(ascii: "=")) }) {
      // One pair alone is as likely a sentence.
      guard pieces.count > 1 || !text.contains(0x20) else { return nil }
      return .pairs(separator: separator)
    }
    guard isLines, pieces.count > 1, pieces.allSatisfy({ isPair($0, UInt8(ascii: ":")) }) else {
      return nil
    }
    return .lines
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isWordByte(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }

  /// As JSON text: of each name the first value.
  func object(_ writer: inout JSONWriter) -> [UInt8] {
    writer.clear()
    writer.beginObject()
    let (separator, mark): (UInt8, UInt8) =
      switch form {
      case .pairs(let separator): (separator, UInt8(ascii: "="))
      case .lines: (0x0A, UInt8(ascii: ":"))
      }
    var seen: [Bytes] = []
    for piece in text.split(separator: separator).prefix(FormText.most) {
      let piece = Bytes(rebasing: piece).trimmed
      guard let place = piece.place(of: mark) else { continue }
      let name = piece.part(0..<place)
      if seen.contains(where: { $0.elementsEqual(name) }) { continue }
      seen.append(name)
      let value = piece.part(place + 1..<piece.count).trimmed
      writer.key(name)
      if mark == UInt8(ascii: "=") {
        writer.string(FormText.decoded(value))
      } else {
        writer.string(value)
      }
    }
    writer.endObject()
    return writer.bytes
  }

  /// `Not+found%21` is `Not found!`.
  private static func decoded(_ text: Bytes) -> [UInt8] {
    var decoded: [UInt8] = []
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte == UInt8(ascii: "+") {
        decoded.append(0x20)
      } else if byte == UInt8(ascii: "%"), place + 2 < text.count,
        let high = digit(text[place + 1]), let low = digit(text[place + 2])
      {
        decoded.append(high << 4 | low)
        place += 2
      } else {
        decoded.append(byte)
      }
      place += 1
    }
    return decoded
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x57
    default: nil
    }
  }
}
