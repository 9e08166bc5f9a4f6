internal import Files

/// What stands in some lines of text, column by column.
struct LineColumns {
  let parts: [ProfileGuess.Part]

  private typealias Mark = LineCut.Mark

  /// How a line is built, whatever it says.
  private struct Build: Hashable {
    var marks: [Mark]
    var before: [String]
  }

  /// A time has no more words.
  private static let mostWordsOfTime = 6

  /// Nil where the lines are not built alike, or nothing in them looks like a status. `isTimed`: whether a
  /// time is looked for.
  init?(of samples: [String], isTimed: Bool) {
    let lines = samples.map { LineCut($0).columns }
    // How most of them are built.
    var builds: [Build: Int] = [:]
    for line in lines {
      builds[Build(marks: line.map(\.mark), before: line.map(\.before)), default: 0] += 1
    }
    let most = builds.max { ($0.value, $1.key.marks.count) < ($1.value, $0.key.marks.count) }
    guard let build = most?.key, !build.marks.isEmpty,
      build.marks.count <= LineCut.mostColumns
    else { return nil }
    let alike = lines.filter { $0.map(\.mark) == build.marks && $0.map(\.before) == build.before }
    let columns = build.marks.indices.map { place in alike.map { $0[place].text } }
    let looks = columns.map { texts in
      texts.reduce(into: ValueLook()) { $0.add($1) }
    }
    guard let status = LineColumns.status(among: build.marks, looks) else { return nil }
    let time = isTimed ? LineColumns.time(in: columns, build) : nil
    var parts: [ProfileGuess.Part] = []
    var taken: Set<String> = isTimed && time == nil ? ["status"] : ["status", "time"]
    var place = 0
    while place < build.marks.count {
      if !parts.isEmpty {
        let mark = build.before[place]
        parts.append(.literal(mark.isEmpty ? " " : mark))
      }
      if let time, time.places.lowerBound == place {
        parts += LineColumns.parts(of: time, build)
        place = time.places.upperBound
        continue
      }
      LineColumns.add(
        place, build.marks[place], looks[place], isStatus: place == status,
        unit: LineColumns.unit(of: place, build.marks, looks), &taken, to: &parts)
      place += 1
    }
    self.parts = parts
  }

  private static func add(
    _ place: Int, _ mark: Mark, _ look: ValueLook, isStatus: Bool, unit: String?,
    _ taken: inout Set<String>, to parts: inout [ProfileGuess.Part]
  ) {
    var value = ProfileGuess.Value(name: "column_\(place + 1)")
    value.hasBlanks = look.hasBlanks
    if case .pair(let name, _) = mark { value.name = name }
    value.field = isStatus ? "status" : look.field ?? (unit == nil ? nil : "latency")
    if !isStatus, let field = value.field, !taken.insert(field).inserted { value.field = nil }
    if value.field == "latency" { value.unit = unit }
    if let field = value.field { value.name = field == "request_line" ? "request" : field }
    let (open, close): (String, String) =
      switch mark {
      case .word: ("", "")
      case .enclosed(let open, let close): (String(open), String(close))
      case .pair(let name, let isQuoted):
        ("\(name)=" + (isQuoted ? "\"" : ""), isQuoted ? "\"" : "")
      }
    if !open.isEmpty { parts.append(.literal(open)) }
    // A word that all lines have is theirs.
    if case .word = mark, value.field == nil, let text = look.constant,
      text.isEmpty || text.contains(where: { !$0.isNumber && $0 != "." })
    {
      if !text.isEmpty { parts.append(.literal(text)) }
    } else {
      parts.append(.value(value))
    }
    if !close.isEmpty { parts.append(.literal(close)) }
  }

  // MARK: Times

  /// Columns that are a time together: words, or a date and a clock with something between them.
  private struct Time {
    var places: Range<Int>
    var isApart: Bool
  }

  private static func time(in columns: [[String]], _ build: Build) -> Time? {
    for first in columns.indices {
      for last in (first..<min(first + mostWordsOfTime, columns.count)).reversed() {
        let places = first..<last + 1
        let isWords =
          places.allSatisfy { build.marks[$0] == .word }
          && places.dropFirst().allSatisfy { build.before[$0].isEmpty }
        let isPair = places.count == 2 && build.marks[first] == build.marks[last]
        guard places.count == 1 || isWords || isPair else { continue }
        var look = ValueLook()
        for line in columns[first].indices {
          look.add(places.map { columns[$0][line] }.joined(separator: " "))
        }
        guard look.field == "time" else { continue }
        return Time(places: places, isApart: !isWords && places.count == 2)
      }
    }
    return nil
  }

  private static func parts(of time: Time, _ build: Build) -> [ProfileGuess.Part] {
    func enclosed(_ place: Int, _ value: ProfileGuess.Value) -> [ProfileGuess.Part] {
      switch build.marks[place] {
      case .word: [.value(value)]
      case .enclosed(let open, let close):
        [.literal(String(open)), .value(value), .literal(String(close))]
      case .pair(let name, let isQuoted):
        [.literal("\(name)=" + (isQuoted ? "\"" : "")), .value(value)]
          + (isQuoted ? [.literal("\"")] : [])
      }
    }
    let first = time.places.lowerBound
    guard time.isApart else {
      let hasBlanks = time.places.count > 1 || build.marks[first] != .word
      return enclosed(
        first, ProfileGuess.Value(name: "time", field: "time", hasBlanks: hasBlanks))
    }
    let between = build.before[first + 1]
    return enclosed(first, ProfileGuess.Value(name: "date", field: "time"))
      + [.literal(between.isEmpty ? " " : between)]
      + enclosed(first + 1, ProfileGuess.Value(name: "clock", field: "time"))
  }

  // MARK: Numbers

  private static func status(among marks: [Mark], _ looks: [ValueLook]) -> Int? {
    let words = ["status", "code", "result", "resp", "rc"]
    let named = marks.indices.first { place in
      if case .pair(let name, _) = marks[place] {
        words.contains(where: name.lowercased().contains(text:)) && looks[place].isStatus
      } else {
        false
      }
    }
    return named ?? marks.indices.first { marks[$0] == .word && looks[$0].isUsualStatus }
      ?? marks.indices.first { looks[$0].isUsualStatus }
  }

  private static let tookWords: Set<String> = [
    "dur", "duration", "took", "time", "latency", "elapsed", "cost", "rt", "spent", "in", "after",
    "lat", "ms", "millis", "msec", "taken", "response_time", "request_time",
  ]
  private static let units: [String: String] = [
    "ms": "ms", "msec": "ms", "millis": "ms", "milliseconds": "ms", "s": "s", "sec": "s",
    "secs": "s", "seconds": "s", "us": "us", "usec": "us", "micros": "us", "microseconds": "us",
  ]

  /// The unit of a number that words beside it, or its name, say is a time taken.
  private static func unit(of place: Int, _ marks: [Mark], _ looks: [ValueLook]) -> String? {
    guard looks[place].isNumber else { return nil }
    if case .pair(let name, _) = marks[place] {
      let name = name.lowercased()
      let pieces = name.split { "_-.".contains($0) }.map(String.init)
      guard tookWords.contains(name) || pieces.contains(where: tookWords.contains) else {
        return nil
      }
      return pieces.last.flatMap { units[$0] } ?? "ms"
    }
    guard marks[place] == .word else { return nil }
    let before = place > 0 ? looks[place - 1].constant?.lowercased() : nil
    let after = place + 1 < looks.count ? looks[place + 1].constant?.lowercased() : nil
    if let unit = after.flatMap({ units[$0.filter(\.isLetter)] }) { return unit }
    return before.map(tookWords.contains) ?? false ? "ms" : nil
  }
}
