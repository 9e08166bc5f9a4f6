internal import Files

// The URL of a line.
extension LooseLine {
  /// The URL of which the line speaks, where it is one alone.
  func onlyURL() -> Bytes? {
    var found: Bytes?
    var place = 0
    while let next = text.part(place..<text.count).place(of: UInt8(ascii: "h")) {
      place += next
      let rest = text.part(place..<text.count)
      guard rest.starts(with: "http://".utf8) || rest.starts(with: "https://".utf8) else {
        place += 1
        continue
      }
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
      place += max(1, end)
    }
    return found
  }
}
