internal import Batches
internal import Events
internal import Files

// Lines that are too long for the buffer.
extension LineReader {
  /// Passes over a line that is too long for the buffer. A line that fits is read all the same,
  /// however many zeros stand before it: a log that is cut off while its writer keeps its place
  /// begins so. A mark follows, as the line has no digest of its own.
  mutating func skipLongLine() throws(InputError) -> Line {
    catchUp()
    hashAtLongLine = hash.copy()
    let first = offset
    var hasOnlyZeros = true
    var content: Bytes?
    var isTerminated = false
    while !isTerminated {
      if hasOnlyZeros {
        passZeros()
        hasOnlyZeros = end - start <= limit
      }
      if let newline = find(from: start) {
        if hasOnlyZeros { content = text(start, newline) }
        pass(newline - start)
        isTerminated = true
      } else {
        if !hasOnlyZeros || isAtEnd { pass(end - start) }
        if isAtEnd { break }
        do throws(InputError) {
          try refill()
        } catch {
          // What was passed over is not consumed.
          offset = first
          if let before = hashAtLongLine.take() { hash = before }
          hashed = start
          throw error
        }
      }
    }
    let line = Line(
      text: content ?? text(start, start), offset: first, length: offset - first,
      isTooLong: content == nil, isTerminated: isTerminated)
    lineDigests.appendUnknown()
    if isTerminated {
      start += 1
      offset += 1
      nextMark = offset
    }
    return line
  }

  private mutating func passZeros() {
    var place = start
    while place < end, buffer[place] == 0 { place += 1 }
    pass(place - start)
  }
}
