internal import Files

private let months: [StaticString] = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December",
]

private let weekdays: [StaticString] = [
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
]

/// 1 to 12 for `Jan`, `january`…
func monthNumber(_ name: Bytes) -> Int? {
  number(of: name, in: months)
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
