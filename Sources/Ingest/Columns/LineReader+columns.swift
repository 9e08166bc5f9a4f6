internal import Batches
internal import Events
internal import Files

// Lines that name the columns of those after them, and lines whose quotes hold newlines.
extension LineReader {
  /// A line that may be a header, or go on in the next one.
  mutating func columnLine(firstEnd: Int) throws(InputError) -> Line? {
    // What is looked at behind the line may move it in the buffer.
    let length = firstEnd - start
    if let columns, columns.goesOn(text(start, firstEnd)),
      let line = try quotedLine(firstEnd: firstEnd, columns)
    {
      return line
    }
    let line = Line(
      text: text(start, start + length), offset: offset, length: Int64(length), isTooLong: false,
      isTerminated: true)
    noteColumns(of: line)
    lineDigests.append(line.text)
    pass(length + 1)
    return line
  }

  private mutating func noteColumns(of line: Line) {
    if line.text.first == UInt8(ascii: "#") {
      guard let found = Columns(directive: line.text, at: line.offset) else { return }
      // The same once more says nothing new.
      if found.text != columns?.text { take(found) }
      isAtFirst = false
    } else if isAtFirst, !Envelope.isBlank(line.text), !Columns.isSeparatorHint(line.text) {
      isAtFirst = false
      if let found = Columns(first: line.text, at: line.offset) { take(found) }
    }
  }

  private mutating func take(_ found: Columns) {
    columns = found
    headers.append(ColumnHeader(offset: found.offset, text: found.text))
  }

  /// Headers since the last call.
  mutating func takeHeaders() -> [ColumnHeader] {
    defer { headers.removeAll() }
    return headers
  }

  /// A line with what follows it up to where its last quote is closed; nil where that is not to be
  /// found, or what follows is a line by itself: then the quote was none.
  private mutating func quotedLine(
    firstEnd: Int, _ columns: Columns
  ) throws(InputError) -> Line? {
    var to = firstEnd - start
    var count = 1
    var ends = [to]
    var isOpen = true
    while isOpen {
      let from = to + 1
      var newline = find(from: start + from)
      while newline == nil {
        if isAtEnd {
          for (place, end) in ends.enumerated() {
            lineDigests.append(text(start + (place == 0 ? 0 : ends[place - 1] + 1), start + end))
          }
          return takeUnfinished(parts: count + 1)
        }
        if end - start > limit { return nil }
        let held = end - start
        try refill()
        newline = find(from: start + held)
      }
      guard let next = newline, next - start <= min(limit, LineReader.longestQuote),
        count < LineReader.mostQuoted
      else { return nil }
      let line = text(start + from, next)
      if columns.isWhole(line) { return nil }
      isOpen = columns.goesOn(line, isOpen: true)
      to = next - start
      ends.append(to)
      count += 1
    }
    // A quote that another line happens to close was none.
    guard columns.isWhole(text(start, start + to)) else { return nil }
    var from = 0
    for end in ends {
      lineDigests.append(text(start + from, start + end))
      from = end + 1
    }
    let line = Line(
      text: text(start, start + to), offset: offset, length: Int64(to), isTooLong: false,
      isTerminated: true, count: count)
    pass(to + 1)
    return line
  }

  /// A quote that is not closed by then is none.
  private static let longestQuote = 1 << 18
  private static let mostQuoted = 1000
}
