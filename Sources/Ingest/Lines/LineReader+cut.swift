internal import Events

// Lines that a container runtime cut into several, which may stand among those of another stream.
extension LineReader {
  /// The line whose first part ends at `firstEnd`: all its parts, with what stands between them.
  /// Lines of the other stream in between come after it, with places of their own. Where the last
  /// part is not there yet, it is a line without its newline.
  mutating func cutLine(firstEnd: Int) throws(InputError) -> Line? {
    if RequestBlock.begins(text(start, firstEnd)) { return try blockLine(firstEnd: firstEnd) }
    var group = CutGroup()
    var (from, to) = (0, firstEnd - start)
    var groupEnd = 0
    while let part = CutLine.part(of: text(start + from, start + to)),
      group.append(part, from: from, to: to)
    {
      lineDigests.append(text(start + from, start + to))
      groupEnd = to + 1
      guard group.isOpen else { break }
      guard group.count < CutGroup.most else { break }
      var searched = groupEnd
      var newline = find(from: start + searched)
      while newline == nil {
        // Whatever follows is no part of it.
        if isAtEnd { return takeUnfinished(parts: group.count + 1) }
        if end - start > limit { break }
        searched = end - start
        try refill()
        newline = find(from: start + searched)
      }
      guard let next = newline, next - start <= limit else {
        if group.isMixed { break }
        return try skipCutLine()
      }
      (from, to) = (groupEnd, next - start)
    }
    groupLines = group.entries[...]
    groupLength = groupEnd
    return nextOfGroup()
  }

  /// The next line of a group; all of it is consumed with the last.
  mutating func nextOfGroup() -> Line? {
    guard let entry = groupLines.popFirst() else { return nil }
    let line = Line(
      text: text(start + entry.start, start + entry.end), offset: offset + Int64(entry.start),
      length: Int64(entry.end - entry.start), isTooLong: false, isTerminated: true,
      count: entry.parts)
    isInGroup = !groupLines.isEmpty
    if !isInGroup { pass(groupLength) }
    return line
  }

  /// A request told in a block of lines; where no block follows, its first line alone. What is not there yet
  /// up to its end is a line without its newline.
  private mutating func blockLine(firstEnd: Int) throws(InputError) -> Line? {
    let first = firstEnd - start
    var ends = [first]
    while let last = ends.last, ends.count < RequestBlock.mostLines,
      last < min(RequestBlock.longest, limit)
    {
      let from = last + 1
      var searched = from
      var newline = find(from: start + searched)
      while newline == nil, end - start <= limit {
        if isAtEnd { return takeUnfinished(parts: ends.count + 1) }
        searched = end - start
        try refill()
        newline = find(from: start + searched)
      }
      guard let newline else { break }
      let line = text(start + from, newline)
      switch RequestBlock.part(line, ofBlock: text(start, start + first)) {
      case .stranger: return takeLines([first])
      case .inner: ends.append(newline - start)
      case .last: return takeLines(ends + [newline - start])
      }
    }
    return takeLines([first])
  }

  /// The lines that end at some places, together.
  private mutating func takeLines(_ ends: [Int]) -> Line? {
    guard let last = ends.last else { return nil }
    var from = 0
    for end in ends {
      lineDigests.append(text(start + from, start + end))
      from = end + 1
    }
    let line = Line(
      text: text(start, start + last), offset: offset, length: Int64(last), isTooLong: false,
      isTerminated: true, count: ends.count)
    pass(last + 1)
    return line
  }

  mutating func takeUnfinished(parts: Int) -> Line {
    let length = end - start
    let line = Line(
      text: text(start, end), offset: offset, length: Int64(length), isTooLong: length > limit,
      isTerminated: false, count: parts)
    pass(length)
    return line
  }

  /// Passes over the first part of a cut line whose parts are too long together: each part then
  /// counts as a line of its own.
  private mutating func skipCutLine() throws(InputError) -> Line? {
    lineDigests.go(back: digestsBefore)
    let newline = find(from: start) ?? end
    lineDigests.append(text(start, newline))
    let line = Line(
      text: text(start, newline), offset: offset, length: Int64(newline - start), isTooLong: true,
      isTerminated: true)
    pass(newline - start + 1)
    return line
  }
}
