internal import Answers

/// A number and what it counts, such as `1 line` and `11,203 matches`.
///
/// - Parameter several: the plural; nil for the noun and an `s`.
func counted(_ number: some BinaryInteger, _ one: String, _ several: String? = nil) -> String {
  "\(grouped(Int64(clamping: number))) \(number == 1 ? one : several ?? one + "s")"
}
