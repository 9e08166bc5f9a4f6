internal import Manual

/// Rows of a term and what it means, the meanings aligned and wrapped to fit lines of a width.
func twoColumns(_ rows: [(term: String, meaning: String)], _ lineWidth: Int) -> [String] {
  let widths = rows.map { width($0.term) }.filter { $0 <= 30 }
  let indent = 2 + (widths.max() ?? 0) + 2
  return rows.flatMap { term, meaning in
    let meanings = wrapped(meaning, to: lineWidth - indent)
    let gap = indent - 2 - width(term)
    let head = "  " + term
    if gap < 2 { return [head] + meanings.map { spaces(indent) + $0 } }
    return [head + spaces(gap) + (meanings.first ?? "")]
      + meanings.dropFirst().map { spaces(indent) + $0 }
  }
}

private func width(_ text: String) -> Int { text.count }

private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
