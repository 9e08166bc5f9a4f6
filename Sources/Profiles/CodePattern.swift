internal import Files

/// A code as a rule names it: compared by letters and digits alone, in lower case, so that
/// `rate_limited`, `RateLimited` and `RATE-LIMITED` are one; a `*` stands for anything.
struct CodePattern: Sendable {
  /// What stands before, between and after the stars.
  private let pieces: [[UInt8]]

  /// Nil for a text without a letter or digit.
  init?(_ text: String) {
    var pieces: [[UInt8]] = []
    var piece: [UInt8] = []
    piece.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if byte == UInt8(ascii: "*") {
        pieces.append(piece)
        piece = []
      } else if let plain = plainByte(byte) {
        piece.append(plain)
      }
    }
    pieces.append(piece)
    self.pieces = pieces
    if pieces.allSatisfy({ $0.isEmpty }) { return nil }
  }

  /// The longest of what stands between the stars: no code without it matches.
  var longestPiece: [UInt8] { pieces.max { $0.count < $1.count } ?? [] }

  func matches(_ code: Bytes) -> Bool {
    guard let first = pieces.first, let last = pieces.last else { return false }
    if pieces.count == 1 { return code.isEqual(to: first) }
    guard code.count >= first.count + last.count, code.part(0..<first.count).isEqual(to: first),
      code.part(code.count - last.count..<code.count).isEqual(to: last)
    else { return false }
    var rest = code.part(first.count..<code.count - last.count)
    for piece in pieces.dropFirst().dropLast() {
      guard let end = CodePattern.end(of: piece, in: rest) else { return false }
      rest = rest.part(end..<rest.count)
    }
    return true
  }

  private static func end(of piece: [UInt8], in text: Bytes) -> Int? {
    guard piece.count <= text.count else { return nil }
    for start in 0...(text.count - piece.count)
    where text.part(start..<start + piece.count).isEqual(to: piece) { return start + piece.count }
    return nil
  }
}

/// The letters and digits of a code, in lower case; of a URI its last part, of a number with a
/// namespace (`com.amazonaws.x#Name`) what follows it.
struct PlainCode {
  private let room: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  /// Codes are compared so far.
  static let longest = 128

  init(_ room: UnsafeMutableBufferPointer<UInt8>, _ code: Bytes?) {
    self.room = room
    guard let code else { return }
    for byte in code[PlainCode.start(of: code)...] {
      guard let plain = plainByte(byte) else { continue }
      if count == room.count { break }
      room[count] = plain
      count += 1
    }
  }

  var bytes: Bytes { Bytes(rebasing: UnsafeBufferPointer(room)[..<count]) }

  /// After the last `/` or `#` that something follows.
  private static func start(of code: Bytes) -> Int {
    guard code.count > 1 else { return 0 }
    for place in (0..<code.count - 1).reversed()
    where code[place] == UInt8(ascii: "/") || code[place] == UInt8(ascii: "#") {
      return place + 1
    }
    return 0
  }
}

/// Nil for what does not count.
private func plainByte(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39, 0x61...0x7A, 0x80...: byte
  case 0x41...0x5A: byte | 0x20
  default: nil
  }
}
