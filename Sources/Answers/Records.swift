/// The rows of an answer as NDJSON and CSV print them: one record each.
package struct Records: Sendable, Equatable {
  /// The answer's header, then every other name in the order it first appears.
  package let names: [String]
  package let rows: [Value]
}

extension Answer {
  /// Rows that are arrays (those of `query`) take their names from `value`'s `columns`.
  package var records: Records {
    guard let rows else { return Records(of: [value], names: header) }
    guard case .object(let whole) = value, case .array(let elements)? = whole[rows] else {
      return Records(of: [], names: header)
    }
    guard case .array(let columns)? = whole["columns"] else {
      return Records(of: elements, names: header)
    }
    let names = distinct(columns.map { if case .text(let name) = $0 { name } else { "column" } })
    let named = elements.map { element -> Value in
      guard case .array(let cells) = element else { return element }
      return .object(Object(zip(names, cells).map { ($0, $1) }))
    }
    return Records(of: named, names: names)
  }
}

extension Records {
  init(of rows: [Value], names known: [String]) {
    var names = known
    var seen = Set(known)
    for case .object(let row) in rows {
      for name in row.names where seen.insert(name).inserted { names.append(name) }
    }
    self.init(names: names, rows: rows)
  }
}

/// The names with repeated ones numbered, as in `select code, code`: code, code_2.
private func distinct(_ names: [String]) -> [String] {
  var taken = Set(names)
  var seen: Set<String> = []
  return names.map { name in
    if seen.insert(name).inserted { return name }
    var number = 2
    while !taken.insert("\(name)_\(number)").inserted { number += 1 }
    return "\(name)_\(number)"
  }
}
