package import Events
/// Which values of a field are meant: `vendor=zihin,zof`, `status!=404`.
package struct Condition: Sendable, Hashable {
  package let field: ResponseField
  package let isExcluding: Bool
  package let patterns: [Pattern]

  /// A value as a rule names it.
  package enum Pattern: Sendable, Hashable {
    /// Without regard to case; `*` stands for anything. The empty text is that of what has none.
    case text(String)
    /// 0 is no response.
    case status(Int64)
    /// The first digit of a status.
    case statusClass(Int64)
  }

  /// The condition that a text is this one, with `*` for anything.
  package static func holds(_ text: String, of field: ResponseField) -> Condition {
    Condition(field: field, isExcluding: false, patterns: [.text(text.lowercased())])
  }

  /// - Parameter text: nil for none.
  package func isMet(byText text: String?) -> Bool {
    isExcluding
      != patterns.contains { pattern in
        guard case .text(let wanted) = pattern else { return false }
        return wanted.isEmpty ? text == nil || text == "" : matches(text ?? "", wanted)
      }
  }

  /// - Parameter status: 0 for no response.
  package func isMet(byStatus status: Int64) -> Bool {
    isExcluding
      != patterns.contains { pattern in
        switch pattern {
        case .status(let wanted): status == wanted
        case .statusClass(let hundreds): status / 100 == hundreds
        case .text: false
        }
      }
  }

  /// The values it names, where it can be met by no others.
  package var names: [String]? {
    if isExcluding { return nil }
    let texts = patterns.compactMap { pattern -> String? in
      guard case .text(let text) = pattern, !text.isEmpty, !text.contains("*") else { return nil }
      return text
    }
    return texts.count == patterns.count ? texts : nil
  }

  package var text: String {
    field.rawValue + (isExcluding ? "!=" : "=")
      + patterns.map(\.shown).joined(separator: ",")
  }
}

extension Rule {
  /// The same rule, where vendors have other names than it gives them.
  package func naming(vendors name: (String) -> String) -> Rule {
    var rule = self
    rule.conditions = conditions.map { condition in
      guard condition.field == .vendor else { return condition }
      return Condition(
        field: .vendor, isExcluding: condition.isExcluding,
        patterns: condition.patterns.map { pattern in
          guard case .text(let text) = pattern, !text.isEmpty else { return pattern }
          return .text(name(text).lowercased())
        })
    }
    return rule
  }
}

extension Condition.Pattern {
  /// As a rule has it.
  package var shown: String {
    switch self {
    case .text(let text): quotedWhereNeeded(text)
    case .status(let status): status == 0 ? "none" : "\(status)"
    case .statusClass(let hundreds): "\(hundreds)xx"
    }
  }
}

/// A text as the grammar takes it for one value.
private func quotedWhereNeeded(_ text: String) -> String {
  let isPlain = !text.isEmpty && text.first != "#" && text.allSatisfy(isWordCharacter)
  if isPlain { return text }
  return text.contains("\"") ? "'\(text)'" : "\"\(text)\""
}

/// Whether a text is one that a pattern with `*` for anything describes; both in lower case already,
/// or the text in any. One star is remembered at a time, which is enough.
private func matches(_ text: String, _ pattern: String) -> Bool {
  let text = Array(text.lowercased().unicodeScalars)
  let pattern = Array(pattern.unicodeScalars)
  var (at, place) = (0, 0)
  var star: (pattern: Int, text: Int)?
  while at < text.count {
    if place < pattern.count, pattern[place] == "*" {
      star = (place, at)
      place += 1
    } else if place < pattern.count, pattern[place] == text[at] {
      place += 1
      at += 1
    } else if let last = star {
      star = (last.pattern, last.text + 1)
      place = last.pattern + 1
      at = last.text + 1
    } else {
      return false
    }
  }
  return pattern[place...].allSatisfy { $0 == "*" }
}
