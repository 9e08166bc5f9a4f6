/// The target of a request, decoded: a path, and parameters.
/// <https://www.rfc-editor.org/rfc/rfc9112#name-request-target>
struct Target {
  var path: String
  var parameters: [(name: String, value: String)] = []

  enum Failure: Error {
    /// It is no path, or one that is not written as paths are.
    case malformed
    case tooManyParameters
  }

  /// - Parameter most: how many parameters it may have.
  init(_ target: [UInt8], most: Int) throws(Failure) {
    let isClean = target.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "#") }
    guard target.first == UInt8(ascii: "/"), isClean else { throw .malformed }
    let parts = target.split(
      separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
    path = try Target.text(parts[0])
    // A path is a name, and leads nowhere.
    let names = path.split(separator: "/")
    guard path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), !names.contains("."),
      !names.contains("..")
    else { throw .malformed }
    guard parts.count == 2 else { return }
    let pieces = parts[1].split(separator: UInt8(ascii: "&"))
    guard pieces.count <= most else { throw .tooManyParameters }
    for piece in pieces {
      let sides = piece.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let value = sides.count == 2 ? try Target.text(sides[1], isForm: true) : ""
      parameters.append((try Target.text(sides[0], isForm: true), value))
    }
  }

  /// The first part of the path, and the path behind it.
  var split: (first: String, rest: String) {
    let tail = path.dropFirst()
    guard let slash = tail.firstIndex(of: "/") else { return (String(tail), "/") }
    return (String(tail[..<slash]), String(tail[slash...]))
  }

  /// What percent signs and, in forms, plus signs stand for.
  private static func text(
    _ bytes: ArraySlice<UInt8>, isForm: Bool = false
  ) throws(Failure) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var place = bytes.startIndex
    while place < bytes.endIndex {
      var byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "%") {
        guard place + 1 < bytes.endIndex, let high = digit(bytes[place]),
          let low = digit(bytes[place + 1])
        else { throw .malformed }
        byte = high << 4 | low
        place += 2
        if byte == 0 { throw .malformed }
      } else if byte == UInt8(ascii: "+"), isForm {
        byte = UInt8(ascii: " ")
      }
      text.append(byte)
    }
    guard let decoded = String(validating: text, as: UTF8.self) else { throw .malformed }
    return decoded
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
