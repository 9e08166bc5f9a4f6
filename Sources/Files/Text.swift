extension StringProtocol {
  /// Whether another text stands in it, byte for byte.
  ///
  /// The toolchain's own `contains` brings its engine for regular expressions along, two megabytes of it.
  package func contains(text: some StringProtocol) -> Bool {
    let piece = Array(text.utf8)
    guard let first = piece.first else { return true }
    var rest = Array(utf8)[...]
    while let place = rest.firstIndex(of: first) {
      rest = rest[place...]
      if rest.starts(with: piece) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
