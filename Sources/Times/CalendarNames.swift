internal import Files

private let months: [StaticString] = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December",
]

private let weekdays: [StaticString] = [
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
]

/// The names of months in other languages, as a date has them (`stycznia`, `января`), and their abbreviations
/// where those are no beginnings of a name: in small letters. A name begins with one of these.
private let monthStems: [(StaticString, Int)] = [
  ("janvier", 1), ("januar", 1), ("jänner", 1), ("enero", 1), ("gennaio", 1), ("janeiro", 1),
  ("styc", 1), ("sty", 1), ("oca", 1), ("янв", 1), ("січ", 1), ("février", 2), ("fevrier", 2),
  ("februar", 2), ("febrero", 2), ("febbraio", 2), ("fevereiro", 2), ("lut", 2), ("şub", 2),
  ("sub", 2), ("фев", 2), ("лют", 2), ("mars", 3), ("märz", 3), ("maart", 3), ("marzo", 3),
  ("março", 3), ("marco", 3), ("marca", 3), ("mart", 3), ("мар", 3), ("бер", 3), ("avril", 4),
  ("abril", 4), ("aprile", 4), ("kwi", 4), ("nis", 4), ("апр", 4), ("кві", 4), ("mayo", 5),
  ("maggio", 5), ("maio", 5), ("maja", 5), ("mayıs", 5), ("mayis", 5), ("май", 5), ("мая", 5),
  ("тра", 5), ("juin", 6), ("juni", 6), ("junio", 6), ("giugno", 6), ("junho", 6), ("cze", 6),
  ("haz", 6), ("июн", 6), ("чер", 6), ("juillet", 7), ("juli", 7), ("julio", 7), ("luglio", 7),
  ("julho", 7), ("lip", 7), ("tem", 7), ("июл", 7), ("лип", 7), ("août", 8), ("aout", 8),
  ("agosto", 8), ("augustus", 8), ("sierp", 8), ("sie", 8), ("ağu", 8), ("agu", 8), ("авг", 8),
  ("сер", 8), ("septembre", 9), ("septiembre", 9), ("setiembre", 9), ("settembre", 9),
  ("setembro", 9), ("wrz", 9), ("eyl", 9), ("сен", 9), ("вер", 9), ("octobre", 10),
  ("oktober", 10), ("octubre", 10), ("ottobre", 10), ("outubro", 10), ("paź", 10), ("paz", 10),
  ("eki", 10), ("окт", 10), ("жов", 10), ("novembre", 11), ("noviembre", 11), ("novembro", 11),
  ("lis", 11), ("kas", 11), ("ноя", 11), ("décembre", 12), ("decembre", 12), ("dezember", 12),
  ("diciembre", 12), ("dicembre", 12), ("dezembro", 12), ("gru", 12), ("ara", 12), ("дек", 12),
  ("гру", 12),
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
  if let month = otherMonths.first(where: { name.isEqual(ignoringCase: $0.0) }) { return month.1 }
  guard (3...24).contains(name.count) else { return nil }
  // Capitals of other alphabets count as their small letters do.
  var small = String(repairing: name).lowercased()
  return small.withUTF8 { small in
    monthStems.first { stem, _ in
      stem.withUTF8Buffer { small.count >= $0.count && small.prefix($0.count).elementsEqual($0) }
    }?.1
  }
}

/// 1 for `Mon`, `monday`… to 7.
func weekdayNumber(_ name: Bytes) -> Int? {
  number(of: name, in: weekdays)
}

/// `January` to `December`.
func monthName(_ month: Int) -> String { "\(months[(month - 1) % 12])" }

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
