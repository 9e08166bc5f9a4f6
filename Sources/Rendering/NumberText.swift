/// A number as JSON and people read it: the shortest text that reads back the same, whole numbers
/// without ".0"; nil for what is not a number or infinite.
func numberText(_ number: Double) -> String? {
  guard number.isFinite else { return nil }
  // Up to 2^53 every whole number is exact.
  if number.magnitude <= 9_007_199_254_740_992, let whole = Int64(exactly: number) {
    return String(whole)
  }
  return number.description
}

/// An integer with its thousands set apart: 1,204,331.
package func grouped(_ integer: Int64) -> String {
  let digits = String(integer.magnitude)
  var text = integer < 0 ? "-" : ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return text
}
