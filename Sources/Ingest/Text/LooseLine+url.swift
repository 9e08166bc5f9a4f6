internal import Files

// Where a line has URLs.
extension LooseLine {
  /// The URL of which the line speaks, where it is one alone.
  func onlyURL() -> Bytes? {
    var found: Bytes?
    var place = 0
    while let start = LooseLine.nextURL(in: text, from: place) {
      let rest = text.part(start..<text.count)
      var end = 0
      while end < rest.count, rest[end] > 0x20, !isQuote(rest[end]),
        rest[end] != UInt8(ascii: ">"), rest[end] != UInt8(ascii: ")")
      {
        end += 1
      }
      while end > 0, isPunctuation(rest[end - 1]) || rest[end - 1] == UInt8(ascii: ".") {
        end -= 1
      }
      let url = rest.part(0..<end)
      if let found, !found.elementsEqual(url) { return nil }
      found = url
      place = start + max(1, end)
    }
    return found
  }

  /// Where a URL begins, from a place on.
  static func nextURL(in text: Bytes, from start: Int) -> Int? {
    var place = start
    while let next = text.part(place..<text.count).place(of: UInt8(ascii: "h")) {
      place += next
      let rest = text.part(place..<text.count)
      if rest.starts(with: "http://".utf8) || rest.starts(with: "https://".utf8) { return place }
      place += 1
    }
    return nil
  }
}
