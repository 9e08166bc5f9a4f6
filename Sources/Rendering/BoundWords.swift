/// The words of a text that no line may end in: what belongs together is one, with its spaces.
func words(of text: String) -> [String] {
  let parts = text.split(separator: " ")
  var words: [String] = []
  var isOpen = false
  for (place, part) in parts.enumerated() {
    if isOpen, let last = words.indices.last {
      words[last] += " \(part)"
    } else {
      words.append(String(part))
    }
    let next = place + 1 < parts.count ? parts[place + 1] : ""
    let afterNext = place + 2 < parts.count ? parts[place + 2] : ""
    isOpen = isBound(part, to: next, before: afterNext, isInside: isOpen)
  }
  return words
}

/// Whether a word stands on one line with the next.
///
/// - Parameters:
///   - afterNext: the word after that.
///   - isInside: whether it stands on one line with the one before.
private func isBound(
  _ word: Substring, to next: Substring, before afterNext: Substring, isInside: Bool
) -> Bool {
  let isNumber = word.utf8.last.map(isDigit) ?? false
  if isNumber { return units.contains(bare(next)) || isDay(word) && months.contains(bare(next)) }
  // The second part of a length: “6 min 25 s”.
  if isInside, units.contains(String(word)) {
    return next.utf8.allSatisfy(isDigit) && units.contains(bare(afterNext))
  }
  return weekdays.contains(bare(word)) && isDay(next) && months.contains(bare(afterNext))
}

private let units: Set<String> = [
  "%", "ms", "s", "min", "h", "d", "w", "B", "KiB", "MiB", "GiB", "kB", "MB", "GB",
]
private let weekdays: Set<String> = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
private let months: Set<String> = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= byte }

private func isDay(_ word: Substring) -> Bool {
  (1...2).contains(word.utf8.count) && word.utf8.allSatisfy(isDigit)
}

/// A word without the marks around it.
private func bare(_ word: Substring) -> String {
  let marks: Set<Character> = ["(", ")", ",", ".", ";", ":"]
  return String(word.drop { marks.contains($0) }.reversed().drop { marks.contains($0) }.reversed())
}
