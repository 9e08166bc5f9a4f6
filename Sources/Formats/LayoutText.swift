internal import Files

/// A format as a text layout of a gateway's profile, with the values that stand in it.
struct LayoutText {
  /// A value of the layout.
  struct Value {
    /// As the format has it; of several without anything between, all of them.
    var written: String
    var name: String
    var field: String?
    var unit: String?
    var hasBlanks: Bool
    var isOptional: Bool
    var rank: Int
    /// Why it is of no use, where that is not for want of room in an event.
    var remark: String?
  }

  private enum Part {
    case literal(String)
    case value(Value)
  }

  /// As a profile's `text` has it.
  private(set) var pattern = ""
  private(set) var values: [Value] = []

  init(_ pieces: [LogFormat.Piece]) {
    var parts: [Part] = pieces.map { piece in
      switch piece {
      case .literal(let text): .literal(text)
      case .variable(let variable): .value(Value(variable))
      }
    }
    LayoutText.joinURLs(in: &parts)
    LayoutText.joinDates(in: &parts)
    LayoutText.joinNeighbours(in: &parts)
    LayoutText.nameApart(&parts)
    write(parts)
  }

  // MARK: What stands together

  /// `$scheme://$host:$port$uri` is one value: a URL.
  private static func joinURLs(in parts: inout [Part]) {
    var place = 0
    while place + 2 < parts.count {
      guard case .value(let scheme) = parts[place], case .literal("://") = parts[place + 1],
        case .value = parts[place + 2]
      else {
        place += 1
        continue
      }
      var url = scheme
      var end = place + 1
      while end < parts.count {
        switch parts[end] {
        case .value(let value): url.written += value.written
        case .literal(let text) where text == "://" || text == ":" || text == "?":
          url.written += text
        case .literal: break
        }
        if case .literal(let text) = parts[end], !["://", ":", "?"].contains(text) { break }
        end += 1
      }
      url.name = "url"
      url.field = "path"
      url.rank = 0
      url.hasBlanks = false
      url.isOptional = false
      parts.replaceSubrange(place..<end, with: [.value(url)])
      place += 1
    }
  }

  /// A date, something between, and the time of that day are one time; a zone behind it belongs to it.
  private static func joinDates(in parts: inout [Part]) {
    guard
      let date = parts.firstIndex(where: {
        if case .value(let value) = $0 { value.name == "date" } else { false }
      }), date + 2 < parts.count, case .value(var time) = parts[date],
      case .literal(let between) = parts[date + 1], case .value(let clock) = parts[date + 2],
      clock.name == "clock"
    else { return }
    var end = date + 3
    time.written += between + clock.written
    if end + 1 < parts.count, case .literal(let blank) = parts[end], blank == " " || blank == ".",
      case .value(let zone) = parts[end + 1], zone.name == "ignored", end + 2 < parts.count,
      case .literal(let next) = parts[end + 2], next.first == "]" || blank == "."
    {
      time.written += blank + zone.written
      end += 2
    }
    time.name = "time"
    time.field = "time"
    time.hasBlanks = true
    parts.replaceSubrange(date..<end, with: [.value(time)])
  }

  /// Nothing tells where one value ends that stands right before another.
  private static func joinNeighbours(in parts: inout [Part]) {
    var joined: [Part] = []
    for part in parts {
      guard case .value(let value) = part, case .value(var before)? = joined.last else {
        joined.append(part)
        continue
      }
      // A path behind a host begins with a slash, which tells where.
      if before.field == "host", value.field == "path" {
        joined += [.literal("/"), part]
        continue
      }
      // A query behind a path is part of it.
      let isPath =
        before.field == "path" && (value.name.contains(text: "query") || value.field == "path")
      before.written += value.written
      before.hasBlanks = before.hasBlanks || value.hasBlanks
      before.isOptional = before.isOptional && value.isOptional
      if !isPath, before.field != nil || value.field != nil {
        before.field = nil
        before.unit = nil
        before.name += "_and_" + value.name
        before.remark = "nothing stands between these, so that they cannot be told apart"
      }
      joined[joined.count - 1] = .value(before)
    }
    parts = joined
  }

  /// Gives values of one name names of their own; the first keeps it.
  private static func nameApart(_ parts: inout [Part]) {
    var seen: [String: Int] = [:]
    for place in parts.indices {
      guard case .value(var value) = parts[place] else { continue }
      seen[value.name, default: 0] += 1
      if let count = seen[value.name], count > 1 {
        value.name += "_\(count)"
        if value.field != nil { value.rank += 8 }
        parts[place] = .value(value)
      }
    }
  }

  // MARK: The pattern

  private mutating func write(_ parts: [Part]) {
    var closesBehind: String?
    for (place, part) in parts.enumerated() {
      switch part {
      case .literal(let text):
        var text = text
        // What closes an optional value belongs to it.
        if let mark = closesBehind {
          if text.hasPrefix(mark) {
            pattern += mark
            text.removeFirst(mark.count)
          }
          pattern += ")"
          closesBehind = nil
        }
        pattern += LayoutText.escaped(text)
      case .value(let value):
        let before = pattern.last
        let after: Character? =
          if place + 1 < parts.count, case .literal(let text) = parts[place + 1] { text.first } else
          {
            nil
          }
        let isEnclosed = before.map { LayoutText.closing($0) == after && after != nil } ?? false
        if value.isOptional { openOptional(isEnclosed: isEnclosed) }
        let isFollowedByName =
          after.map { $0.isLetter || $0.isNumber || "_.*".contains($0) } ?? false
        pattern += isFollowedByName ? "${\(value.name)}" : "$\(value.name)"
        if value.hasBlanks, !isEnclosed { pattern += "*" }
        if value.isOptional { closesBehind = isEnclosed ? after.map { String($0) } ?? "" : "" }
        values.append(value)
      }
    }
    if closesBehind != nil { pattern += ")" }
  }

  /// Opens the part that may be missing before the mark and the blank in front of a value.
  private mutating func openOptional(isEnclosed: Bool) {
    let mark = isEnclosed ? String(pattern.removeLast()) : ""
    let blanks = String(pattern.reversed().prefix { $0 == " " })
    pattern.removeLast(blanks.count)
    pattern += "(?" + blanks + mark
  }

  private static func escaped(_ literal: String) -> String {
    var text = ""
    for character in literal {
      // A layout's blank stands for any number of them.
      if character.isWhitespace {
        if text.last != " " { text += " " }
      } else {
        text += character == "$" ? "$$" : String(character)
      }
    }
    return text
  }

  private static func closing(_ mark: Character) -> Character? {
    switch mark {
    case "\"", "'": mark
    case "[": "]"
    case "(": ")"
    case "{": "}"
    case "<": ">"
    default: nil
    }
  }
}

extension LayoutText.Value {
  init(_ variable: LogFormat.Variable) {
    let meaning = variable.meaning
    self.init(
      written: variable.written,
      name: meaning?.name ?? "unknown_" + Dialect.layoutName(of: variable.written),
      field: meaning?.field, unit: meaning?.unit, hasBlanks: meaning?.hasBlanks ?? true,
      isOptional: meaning?.isOptional ?? false, rank: meaning?.rank ?? 0,
      remark: meaning == nil ? "no variable of that name is known" : nil)
  }
}
