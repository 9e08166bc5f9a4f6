internal import Ingest

extension InputError.Hint {
  /// What to type, or what to do before that.
  var words: String {
    switch self {
    case .words(let words): words
    case .nameLog: "name a log file, a folder, or - for standard input"
    case .nameFileToReread: "name the log's file, or leave --reread out"
    case .explainLine:
      "it reads JSON and the text of common gateways; “errata explain” shows how it takes a line"
    case .convert(let obstacle): "\(obstacle.converter) | errata import -"
    }
  }
}

extension InputError.Obstacle {
  /// The program that takes it away.
  fileprivate var converter: String {
    switch self {
    case .xz: "unpack it outside of errata: xz -dc FILE"
    case .zstd: "decompress it with: zstd -dc --long=31 FILE"
    case .tar: "import what is in it: tar -xOf ARCHIVE"
    case .compressedTwice: "unpack it once yourself: zcat LOG"
    case .utf32: "make it UTF-8: iconv -f UTF-32 -t UTF-8 LOG"
    }
  }
}
