internal import Events

// Lines that a container runtime cut into several.
extension LineReader {
  /// All parts of a line that a container runtime cut, the first of which ends at `firstEnd`. Where
  /// the last part is not there yet, it is a line without its newline.
  mutating func cutLine(firstEnd: Int) throws(InputError) -> Line? {
    var parts = 1
    var partStart = start
    var partEnd = firstEnd
    while CutLine.isCut(text(partStart, partEnd)) {
      lineDigests.append(text(partStart, partEnd))
      var searched = partEnd + 1
      var newline = find(from: searched)
      while newline == nil {
        if isAtEnd {
          // Whatever follows is no part of it.
          return take(to: end, isTerminated: false, parts: parts + 1)
        }
        if end - start > limit { return try skipCutLine(parts) }
        let (held, nextPart, ofPart) = (end - start, partEnd + 1 - start, partStart - start)
        try refill()
        (searched, partStart, partEnd) = (start + held, start + ofPart, start + nextPart - 1)
        newline = find(from: searched)
      }
      guard let next = newline else { break }
      let isPart = CutLine.belong(text(partEnd + 1, next), to: text(partStart, partEnd))
      guard isPart else { return take(to: partEnd, isTerminated: true, parts: parts) }
      if next - start > limit { return try skipCutLine(parts) }
      (partStart, partEnd) = (partEnd + 1, next)
      parts += 1
    }
    lineDigests.append(text(partStart, partEnd))
    return take(to: partEnd, isTerminated: true, parts: parts)
  }

  private mutating func take(to lineEnd: Int, isTerminated: Bool, parts: Int) -> Line {
    let line = Line(
      text: text(start, lineEnd), offset: offset, length: Int64(lineEnd - start),
      isTooLong: lineEnd - start > limit, isTerminated: isTerminated, count: parts)
    if isTerminated {
      pass(lineEnd - start + 1)
    } else {
      pass(lineEnd - start)
    }
    return line
  }

  /// Passes over the first part of a cut line whose parts are too long together: each part then
  /// counts as a line of its own.
  private mutating func skipCutLine(_ parts: Int) throws(InputError) -> Line? {
    lineDigests.go(back: digestsBefore)
    let newline = find(from: start) ?? end
    lineDigests.append(text(start, newline))
    var line = take(to: newline, isTerminated: true, parts: 1)
    line.isTooLong = true
    return line
  }
}
