internal import Files

private let months: [StaticString] = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December",
]

private let weekdays: [StaticString] = [
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
]

/// What Java and others call months in the languages of their machines, where it is not as in English:
/// abbreviations in French, German, Spanish, Italian, Portuguese and Dutch, in small letters.
private let otherMonths: [(StaticString, Int)] = [
  ("janv", 1), ("ene", 1), ("gen", 1), ("févr", 2), ("fév", 2), ("fev", 2), ("mars", 3),
  ("märz", 3), ("mär", 3), ("mrz", 3), ("mrt", 3), ("avr", 4), ("abr", 4), ("mai", 5), ("mag", 5),
  ("mei", 5), ("maj", 5), ("juin", 6), ("giu", 6), ("juil", 7), ("lug", 7), ("août", 8), ("ago", 8),
  ("sept", 9), ("set", 9), ("okt", 10), ("ott", 10), ("out", 10), ("déc", 12), ("dez", 12),
  ("dic", 12),
]

/// 1 to 12 for `Jan`, `january`, `oct.`, `déc.`…
func monthNumber(_ name: Bytes) -> Int? {
  if let month = number(of: name, in: months) { return month }
  let name = name.last == ASCII.dot ? name.part(0..<name.count - 1) : name
  if let month = number(of: name, in: months) { return month }
  return otherMonths.first { name.isEqual(ignoringCase: $0.0) }?.1
}

/// 1 for `Mon`, `monday`… to 7.
func weekdayNumber(_ name: Bytes) -> Int? {
  number(of: name, in: weekdays)
}

/// `Jan` to `Dec`.
func monthAbbreviation(_ month: Int) -> String {
  String("\(months[(month - 1) % 12])".prefix(3))
}

/// `Mon` to `Sun`.
func weekdayAbbreviation(_ weekday: Int) -> String {
  String("\(weekdays[(weekday - 1) % 7])".prefix(3))
}

private func number(of name: Bytes, in names: [StaticString]) -> Int? {
  guard name.count >= 3 else { return nil }
  for (index, full) in names.enumerated() {
    let start = full.utf8Start
    if start[0].lowercased == name[0].lowercased, start[1].lowercased == name[1].lowercased,
      start[2].lowercased == name[2].lowercased,
      name.count == 3 || name.isEqual(ignoringCase: full)
    {
      return index + 1
    }
  }
  return nil
}
