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
