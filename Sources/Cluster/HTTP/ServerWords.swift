/// What ClickHouse says of an error, without what is meant for those who maintain it.
///
///     Code: 60, e.displayText() = DB::Exception: Table errata.event doesn't exist., e.what() = …
///     Code: 60. DB::Exception: Table errata.event does not exist. (UNKNOWN_TABLE) (version 26.9 …)
struct ServerWords: Equatable {
  /// 0 where it says none.
  private(set) var code = 0
  private(set) var sentence: String

  /// Longer ones quote the whole query.
  private static let most = 400

  init(_ text: String) {
    var line = Substring(text.split(whereSeparator: \.isNewline).first ?? "")
    if let place = line.end(of: "Code: ") {
      code = Int(line[place...].prefix { ("0"..."9").contains($0) }) ?? 0
    }
    // A server tells what another one told it in the same way.
    while let place = line.end(of: "DB::Exception: ") { line = line[place...] }
    if let place = line.end(of: "e.displayText() = ") { line = line[place...] }
    for ending in [", e.what() = ", " (version ", ". Stack trace:"] {
      if let place = line.start(of: ending) { line = line[..<place] }
    }
    while let last = line.last, last == "." || last == " " { line = line.dropLast() }
    sentence = String(line.prefix(ServerWords.most)) + (line.count > ServerWords.most ? " …" : "")
  }
}

extension Substring {
  fileprivate func start(of text: String) -> Index? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(text) { return place }
      place = index(after: place)
    }
    return nil
  }

  fileprivate func end(of text: String) -> Index? {
    start(of: text).map { index($0, offsetBy: text.count) }
  }
}
