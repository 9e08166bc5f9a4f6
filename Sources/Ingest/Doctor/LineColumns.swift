internal import Files

/// What stands in some lines of text, column by column.
struct LineColumns {
  let parts: [ProfileGuess.Part]

  private enum Mark: Hashable {
    case word, quotes, brackets, parentheses
    /// `name=` before the value.
    case pair(String, isQuoted: Bool)
  }

  private struct Column {
    var mark: Mark
    var text: String
  }

  private static let mostColumns = 64

  /// Nil where the lines are not built alike, or nothing in them looks like a status.
  init?(of samples: [String]) {
    let lines = samples.map(LineColumns.columns)
    // How most of them are built.
    var sorts: [[Mark]: Int] = [:]
    for line in lines { sorts[line.map(\.mark), default: 0] += 1 }
    guard let sort = sorts.max(by: { $0.value < $1.value })?.key, !sort.isEmpty,
      sort.count <= LineColumns.mostColumns
    else { return nil }
    let alike = lines.filter { $0.map(\.mark) == sort }
    let columns = sort.indices.map { place in alike.map { $0[place].text } }
    var joined = LineColumns.times(in: columns, sort)
    let looks = columns.map { texts in
      texts.reduce(into: ValueLook()) { $0.add($1) }
    }
    guard let status = LineColumns.status(among: sort, looks) else { return nil }
    var parts: [ProfileGuess.Part] = []
    var taken: Set<String> = ["status"]
    var place = 0
    while place < sort.count {
      if !parts.isEmpty { parts.append(.literal(" ")) }
      if joined.contains(place) {
        parts.append(.value(ProfileGuess.Value(name: "time", field: "time", hasBlanks: true)))
        joined.remove(place)
        taken.insert("time")
        place += 2
        continue
      }
      LineColumns.add(
        place, sort[place], looks[place], isStatus: place == status, &taken, to: &parts)
      place += 1
    }
    self.parts = parts
  }

  private static func add(
    _ place: Int, _ mark: Mark, _ look: ValueLook, isStatus: Bool, _ taken: inout Set<String>,
    to parts: inout [ProfileGuess.Part]
  ) {
    var value = ProfileGuess.Value(name: "column_\(place + 1)")
    value.hasBlanks = look.hasBlanks
    if case .pair(let name, _) = mark { value.name = name }
    value.field = isStatus ? "status" : look.field
    if !isStatus, let field = value.field, !taken.insert(field).inserted { value.field = nil }
    if let field = value.field { value.name = field == "request_line" ? "request" : field }
    let (open, close): (String, String) =
      switch mark {
      case .word: ("", "")
      case .quotes: ("\"", "\"")
      case .brackets: ("[", "]")
      case .parentheses: ("(", ")")
      case .pair(let name, let isQuoted):
        ("\(name)=" + (isQuoted ? "\"" : ""), isQuoted ? "\"" : "")
      }
    if !open.isEmpty { parts.append(.literal(open)) }
    // A word that all lines have is theirs.
    if case .word = mark, value.field == nil, let text = look.constant,
      text.contains(where: \.isLetter)
    {
      parts.append(.literal(text))
    } else {
      parts.append(.value(value))
    }
    if !close.isEmpty { parts.append(.literal(close)) }
  }

  /// Where a date and a time of day stand side by side.
  private static func times(in columns: [[String]], _ sort: [Mark]) -> Set<Int> {
    for place in columns.indices.dropLast() {
      guard sort[place] == .word, sort[place + 1] == .word else { continue }
      var look = ValueLook()
      for (date, time) in zip(columns[place], columns[place + 1]) { look.add("\(date) \(time)") }
      var alone = ValueLook()
      for date in columns[place] { alone.add(date) }
      if look.field == "time", alone.field != "time" || columns[place].allSatisfy({ $0.count < 12 })
      {
        return [place]
      }
    }
    return []
  }

  private static func status(among sort: [Mark], _ looks: [ValueLook]) -> Int? {
    let words = ["status", "code", "result", "resp", "rc"]
    let named = sort.indices.first { place in
      if case .pair(let name, _) = sort[place] {
        words.contains(where: name.lowercased().contains(text:)) && looks[place].isStatus
      } else {
        false
      }
    }
    return named ?? sort.indices.first { sort[$0] == .word && looks[$0].isUsualStatus }
      ?? sort.indices.first { looks[$0].isUsualStatus }
  }

  private static func columns(of line: String) -> [Column] {
    var columns: [Column] = []
    var rest = line[...].drop(while: \.isWhitespace)
    while !rest.isEmpty, columns.count <= mostColumns {
      let (column, end) = column(at: rest)
      columns.append(column)
      rest = rest[end...].drop(while: \.isWhitespace)
    }
    return columns
  }

  private static func column(at text: Substring) -> (Column, Substring.Index) {
    func enclosed(_ close: Character, _ mark: Mark) -> (Column, Substring.Index)? {
      var place = text.index(after: text.startIndex)
      while place < text.endIndex, text[place] != close {
        if text[place] == "\\" { place = text.index(after: place) }
        if place < text.endIndex { place = text.index(after: place) }
      }
      guard place < text.endIndex else { return nil }
      let inside = text[text.index(after: text.startIndex)..<place]
      let end = text.index(after: place)
      guard end == text.endIndex || text[end].isWhitespace else { return nil }
      return (Column(mark: mark, text: String(inside)), end)
    }
    let found: (Column, Substring.Index)? =
      switch text.first {
      case "\"": enclosed("\"", .quotes)
      case "[": enclosed("]", .brackets)
      case "(": enclosed(")", .parentheses)
      default: nil
      }
    if let found { return found }
    let word = text.prefix { !$0.isWhitespace }
    guard let equals = word.firstIndex(of: "="), equals > word.startIndex,
      word[..<equals].allSatisfy({ $0.isLetter || $0.isNumber || "_.-".contains($0) })
    else { return (Column(mark: .word, text: String(word)), word.endIndex) }
    let name = String(word[..<equals])
    let value = text[text.index(after: equals)...]
    if value.first == "\"" {
      let (column, end) = Self.column(at: value)
      if column.mark == .quotes {
        return (Column(mark: .pair(name, isQuoted: true), text: column.text), end)
      }
    }
    let plain = value.prefix { !$0.isWhitespace }
    return (Column(mark: .pair(name, isQuoted: false), text: String(plain)), plain.endIndex)
  }
}
