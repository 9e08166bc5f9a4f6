internal import Events

// Sources that are cut after JSON objects, wherever their newlines are.
extension LineReader {
  /// The next object. What stands between objects is consumed with the one that follows it: the end
  /// of an array may yet move.
  mutating func nextDocument() throws(InputError) -> Line? {
    var place = start
    while true {
      if let found = DocumentScanner.start(in: text(start, end), from: place - start) {
        place = start + found
        break
      }
      place = end
      if isAtEnd { return nil }
      let passed = end - start
      if passed > limit { pass(passed) }
      let held = end - start
      try refill()
      place = start + held
    }
    pass(place - start)
    return try document()
  }

  /// The object that begins here.
  private mutating func document() throws(InputError) -> Line? {
    let isObject = buffer[start] == UInt8(ascii: "{")
    var scanner = DocumentScanner()
    var scanned = 0
    while true {
      if case .end(let length) = scanner.scan(text(start, end), from: scanned, isObject: isObject) {
        return take(length, isTerminated: true)
      }
      scanned = end - start
      if scanned > limit { return try skipLongLine() }
      if isAtEnd { return take(scanned, isTerminated: false) }
      try refill()
    }
  }

  private mutating func take(_ length: Int, isTerminated: Bool) -> Line {
    let line = Line(
      text: text(start, start + length), offset: offset, length: Int64(length),
      isTooLong: length > limit, isTerminated: isTerminated)
    lineDigests.append(line.text)
    pass(length)
    return line
  }

  /// The object with which a line begins that is too long, where another follows it at once: nobody
  /// put newlines between them.
  mutating func takeObject() -> Line? {
    let text = text(start, min(end, start + limit))
    return DocumentScanner.lengthOfFollowed(text).map { take($0, isTerminated: true) }
  }
}
