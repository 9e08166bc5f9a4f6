/// Why a line could not be read, as rejects say it.
package enum RejectReason: String, CaseIterable, Sendable {
  case noJSON = "no_json"
  case syntax = "json_syntax"
  case tooDeep = "too_deep"
  case nul
  case lineTooLong = "line_too_long"
  /// It stands under a header, and has not as many values as that names.
  case columns
}

/// A line that could not be read.
package struct Reject {
  package var offset: Int64
  package var length: Int64
  /// A stable word for what is wrong: `json_syntax`, `line_too_long`, …
  package var reason: String
  /// The beginning of the line, repaired to valid UTF-8.
  package var excerpt: String

  package init(offset: Int64, length: Int64, reason: String, excerpt: String) {
    self.offset = offset
    self.length = length
    self.reason = reason
    self.excerpt = excerpt
  }
}

/// Rejected lines that follow one another, by their place alone.
package struct RejectRun: Sendable, Equatable {
  package var offset: Int64
  /// From the first line's start to the last one's end, without its newline.
  package var length: Int64
  package var lines: Int64

  package init(offset: Int64, length: Int64, lines: Int64) {
    self.offset = offset
    self.length = length
    self.lines = lines
  }

  package var end: Int64 { offset + length }
}
