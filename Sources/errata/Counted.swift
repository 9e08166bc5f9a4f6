/// A number and what it counts, such as `1 line` and `3 matches`.
///
/// - Parameter several: the plural; nil for the noun and an `s`.
func counted(_ number: some BinaryInteger, _ one: String, _ several: String? = nil) -> String {
  "\(number) \(number == 1 ? one : several ?? one + "s")"
}
