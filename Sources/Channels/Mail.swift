internal import Files
internal import Glibc

/// A letter with a text and a page that says the same:
/// <https://www.rfc-editor.org/rfc/rfc5322>, <https://www.rfc-editor.org/rfc/rfc2046#section-5.1.4>.
///
/// Whom it is from is said by who sends it: the system knows how its users are called outside.
package struct Mail: Sendable {
  package var recipient: String
  package var subject: String
  /// By which programs for mail know a letter that came twice.
  package var key: String
  /// The host that it is from.
  package var host: String
  /// Seconds since the epoch.
  package var date: Int64
  package var text: String
  package var page: String

  package init(
    to recipient: String, subject: String, key: String, host: String, date: Int64, text: String,
    page: String
  ) {
    self.recipient = recipient
    self.subject = subject
    self.key = key
    self.host = host
    self.date = date
    self.text = text
    self.page = page
  }

  /// As `sendmail` reads it.
  package var bytes: [UInt8] {
    let boundary = "=_\(key.filter { $0.isASCII && ($0.isLetter || $0.isNumber) })"
    let head = [
      "To: \(Mail.onOneLine(recipient))", Mail.subject(subject),
      "Date: \(Mail.date(date))", "Message-ID: <\(Mail.word(key))@\(Mail.word(host))>",
      // Nobody who is away needs to answer: <https://www.rfc-editor.org/rfc/rfc3834#section-5>.
      "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
      "Content-Type: multipart/alternative; boundary=\"\(boundary)\"",
    ]
    var letter = head.joined(separator: "\n") + "\n\n"
    for (type, text) in [("plain", text), ("html", page)] {
      letter += "--\(boundary)\nContent-Type: text/\(type); charset=utf-8\n"
      letter += "Content-Transfer-Encoding: quoted-printable\n\n"
      letter += quotedPrintable(text) + "\n"
    }
    return Array((letter + "--\(boundary)--\n").utf8)
  }

  /// Text in which no line ends, so that nothing in it becomes a header.
  private static func onOneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isBreak($0) ? " " : $0 }))
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Letters, digits and what else both sides of an id may have.
  private static func word(_ text: String) -> String {
    let kept = text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
    return kept.isEmpty ? "localhost" : kept
  }

  /// A header of short lines; what is no ASCII stands in words of their own
  /// (<https://www.rfc-editor.org/rfc/rfc2047>).
  private static func subject(_ text: String) -> String {
    let text = onOneLine(text)
    let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && !text.contains(text: "=?")
    var words: [String] = []
    if isPlain, text.utf8.count <= 900,
      text.split(separator: " ").allSatisfy({ $0.utf8.count < 70 })
    {
      words = text.split(separator: " ").map(String.init)
    } else {
      var piece: [UInt8] = []
      for scalar in text.unicodeScalars {
        let bytes = Array(String(Character(scalar)).utf8)
        if piece.count + bytes.count > 39 {
          words.append("=?utf-8?B?\(base64(piece))?=")
          piece = []
        }
        piece += bytes
      }
      if !piece.isEmpty { words.append("=?utf-8?B?\(base64(piece))?=") }
    }
    var lines = ["Subject:"]
    for word in words {
      if lines[lines.count - 1].utf8.count + word.utf8.count + 1 > 76 {
        lines.append(" " + word)
      } else {
        lines[lines.count - 1] += " " + word
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func date(_ seconds: Int64) -> String {
    var time = time_t(seconds)
    var parts = tm()
    gmtime_r(&time, &parts)
    var bytes = [CChar](repeating: 0, count: 64)
    let count = strftime(&bytes, bytes.count, "%a, %d %b %Y %H:%M:%S +0000", &parts)
    return String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// Text in lines of at most 76 ASCII characters: <https://www.rfc-editor.org/rfc/rfc2045#section-6.7>.
func quotedPrintable(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var output: [UInt8] = []
  for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
    var width = 0
    let bytes = Array(line)
    for (place, byte) in bytes.enumerated() {
      let isLast = place == bytes.count - 1
      let isBlank = byte == 0x20 || byte == 0x09
      // A line that begins so would get a > before it on its way.
      let isFrom = place == 0 && byte == UInt8(ascii: "F") && line.starts(with: "From ".utf8)
      let isPlain =
        ((0x21..<0x7F).contains(byte) && byte != UInt8(ascii: "=") || isBlank && !isLast) && !isFrom
      let size = isPlain ? 1 : 3
      if width + size > 75 {
        output += "=\n".utf8
        width = 0
      }
      if isPlain {
        output.append(byte)
      } else {
        output += [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
      width += size
    }
    output.append(UInt8(ascii: "\n"))
  }
  // What splits into one line more than it has ends.
  if output.last == UInt8(ascii: "\n") { output.removeLast() }
  return String(decoding: output, as: UTF8.self)
}

func base64(_ bytes: [UInt8]) -> String {
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var output: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let part = Array(bytes[start..<min(start + 3, bytes.count)])
    let number = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
    for place in 0..<4 {
      output.append(
        place <= part.count ? letters[number >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
    }
  }
  return String(decoding: output, as: UTF8.self)
}
