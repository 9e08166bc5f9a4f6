extension InputError {
  /// What helps. How that is asked for, by a command and its options or otherwise, is known to whoever
  /// tells the error.
  package enum Hint: Sendable, Equatable {
    /// Words that hold however errata is used.
    case words(String)
    /// Name what can be read: a file, a folder or a pipe.
    case nameLog
    /// Name the log's file, or do not read again what is stored of it.
    case nameFileToReread
    /// See how a line is read.
    case explainLine
    /// Have another program make of it what can be read.
    case convert(Obstacle)
  }

  /// What another program can take away from an input.
  package enum Obstacle: Sendable {
    /// A dictionary of xz that is larger than is unpacked.
    case xz
    /// A window of zstd that is larger than is unpacked.
    case zstd
    case tar
    case compressedTwice
    case utf32
  }
}

extension InputError.Hint: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self = .words(text) }
}
