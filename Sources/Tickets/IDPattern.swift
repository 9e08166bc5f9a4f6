/// How an id is built: what it begins with, how long it is, where its dashes are, and whether its
/// digits are hexadecimal. Ids of one maker are built alike.
package struct IDPattern: Hashable, Sendable {
  /// Letters and `_`, `-` or `=`; empty where it has none.
  package var prefix: String
  private var lengths: [Int]
  private var isHexadecimal: Bool
  private var isNumber: Bool

  package init(of id: String) {
    let scalars = Array(id.lowercased().unicodeScalars)[...]
    let prefix = IDForms.prefix(of: scalars)
    let rest = scalars.dropFirst(prefix?.count ?? 0)
    self.prefix = prefix.map { String($0) } ?? ""
    lengths = rest.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }.map(\.count)
    isNumber = rest.allSatisfy(\.isDigit)
    isHexadecimal = rest.allSatisfy { $0.isHexadecimal || $0 == "-" }
  }

  /// Whether an id of this pattern would be told from a word, or from anybody else's id.
  package var isTelling: Bool { !prefix.isEmpty || !isNumber && lengths.reduce(0, +) >= 12 }
}
