/// The name that was most likely meant, if one is near.
package func nearest(to word: String, among names: [String]) -> String? {
  guard (2...40).contains(word.count) else { return nil }
  let close = names.map { (name: $0, distance: distance(word, $0)) }
    .filter { $0.distance <= max(1, min(word.count, $0.name.count) / 3) }
    .min { $0.distance < $1.distance }
  if let close { return close.name }
  let started = Set(names.filter { $0.hasPrefix(word) })
  return started.count == 1 ? started.first : nil
}

/// How many letters must be put in, left out, replaced or swapped with their neighbour to get from
/// one word to the other: optimal string alignment,
/// https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance
func distance(_ one: String, _ other: String) -> Int {
  let (one, other) = (Array(one), Array(other))
  var beforeLast: [Int] = []
  var last = Array(0...other.count)
  for (row, letter) in one.enumerated() {
    var current = [row + 1]
    for (column, otherLetter) in other.enumerated() {
      let replaced = last[column] + (letter == otherLetter ? 0 : 1)
      var least = min(replaced, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, letter == other[column - 1], one[row - 1] == otherLetter {
        least = min(least, beforeLast[column - 1] + 1)
      }
      current.append(least)
    }
    (beforeLast, last) = (last, current)
  }
  return last[other.count]
}
