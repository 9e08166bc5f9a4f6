internal import Files

/// The first bytes by which files that are no logs are known: what such a file is, and what to do
/// instead.
///
/// Only files that would otherwise be read wrongly, or refused in words that do not help, are here.
enum FileSignature {
  /// Refuses a file that is no log. `head` are a file's first bytes, decompressed.
  static func refuseNonLog(_ head: Bytes) throws(InputError) {
    for (bytes, what, hint) in kinds where head.starts(with: bytes) {
      throw InputError("is \(what)", hint: hint)
    }
    // https://www.gnu.org/software/tar/manual/html_node/Standard.html
    if head.part(257..<262).elementsEqual("ustar".utf8) {
      throw InputError(
        "is a tar archive", hint: .convert(.tar))
    }
  }

  private static let twice = InputError.Hint.convert(.compressedTwice)
  private static let unpack: InputError.Hint = "unpack it and import what is in it"

  private static let kinds: [([UInt8], what: String, hint: InputError.Hint)] = [
    ([0x1F, 0x8B, 8], "compressed twice", twice),
    ([0x28, 0xB5, 0x2F, 0xFD], "compressed twice", twice),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "compressed twice", twice),
    (Array("BZh91AY&SY".utf8), "compressed twice", twice),
    ([0x04, 0x22, 0x4D, 0x18], "compressed twice", twice),
    (Array("PK\u{3}\u{4}".utf8), "a zip archive", unpack),
    (Array("7z\u{BC}".unicodeScalars.map { UInt8($0.value) }), "a 7z archive", unpack),
    (Array("SQLite format 3\0".utf8), "a SQLite database and no log", "name a log file"),
    ([0x7F, 0x45, 0x4C, 0x46], "a program and no log", "name a log file"),
    (Array("PAR1".utf8), "a Parquet file", "errata reads logs with one JSON object a line"),
  ]
}
