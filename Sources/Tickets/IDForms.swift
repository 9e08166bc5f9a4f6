/// The ids a mention can stand for: the same id is logged with dashes and without, with a prefix and
/// without, by itself and inside a header that carries several.
package struct IDForms {
  /// What ids of a store begin with, by what they are built like without it.
  private var prefixes: [IDPattern: [String]] = [:]

  /// - Parameter ids: some ids as they are logged; what they begin with, others may lack.
  package init(like ids: some Sequence<String>) {
    for id in ids {
      let scalars = id.unicodeScalars
      guard let length = IDForms.prefix(of: Array(scalars)[...])?.count else { continue }
      let pattern = IDPattern(of: String(scalars.dropFirst(length)))
      let text = String(scalars.prefix(length))
      if !prefixes[pattern, default: []].contains(text), prefixes.count < 256 {
        prefixes[pattern, default: []].append(text)
      }
    }
  }

  /// As it stands there first, then the likeliest.
  ///
  /// - Parameter looksLikeID: whether to try what others are known to begin with, too.
  package func forms(of text: String, looksLikeID: Bool) -> [String] {
    let scalars = Array(text.unicodeScalars)[...]
    var forms = [text]
    func add(_ form: String?) {
      if let form, form.utf8.count >= 4, !forms.contains(form) { forms.append(form) }
    }
    for part in IDForms.carried(by: scalars) { add(String(part)) }
    if let prefix = IDForms.prefix(of: scalars) {
      let bare = scalars.dropFirst(prefix.count)
      if bare.count >= 6 { add(String(bare)) }
    } else if scalars.count >= 6 {
      for prefix in prefixes[IDPattern(of: text)] ?? [] { add(prefix + text) }
      if looksLikeID { for prefix in IDForms.common { add(prefix + text) } }
    }
    for form in forms { add(IDForms.otherDashes(form)) }
    for form in forms { IDForms.sameNumber(as: form).forEach(add) }
    for form in forms.prefix(2) { add(IDForms.asPrinted(form)) }
    return forms
  }

  private static let common = ["req_", "Root=", "Root=1-", "1-"]

  /// What an id begins with before its own characters: letters, and `_`, `-` or `=`.
  static func prefix(of id: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar>? {
    let letters = id.prefix { $0.isLetter }
    guard (1...16).contains(letters.count), let separator = id.dropFirst(letters.count).first,
      "_-=".unicodeScalars.contains(separator)
    else { return nil }
    let head = id.prefix(letters.count + 1)
    return IDShape.isUUID(id.split { $0 == "-" }) ? nil : head
  }

  /// The ids in a `traceparent`, `b3`, `uber-trace-id` or `X-Amzn-Trace-Id`.
  private static func carried(by header: ArraySlice<Unicode.Scalar>) -> [ArraySlice<Unicode.Scalar>]
  {
    let parts = header.split { "-:=".unicodeScalars.contains($0) }
    if IDShape.isUUID(Array(parts)) { return [] }
    return parts.filter { (16...32).contains($0.count) && $0.allSatisfy(\.isHexadecimal) }
  }

  /// A UUID without its dashes, or 32 digits with them; `1-67891233-abcdef…` and its 32 digits.
  private static func otherDashes(_ text: String) -> String? {
    let scalars = Array(text.unicodeScalars)[...]
    let parts = scalars.split { $0 == "-" }
    if IDShape.isUUID(parts) { return parts.map { String($0) }.joined() }
    if parts.map(\.count) == [1, 8, 24], parts.allSatisfy({ $0.allSatisfy(\.isHexadecimal) }) {
      return parts.dropFirst().map { String($0) }.joined()
    }
    guard scalars.count == 32, scalars.allSatisfy(\.isHexadecimal) else { return nil }
    var lengths = [8, 4, 4, 4, 12].makeIterator()
    var rest = scalars
    var groups: [String] = []
    while let length = lengths.next() {
      groups.append(String(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return groups.joined(separator: "-")
  }

  /// A trace id of 64 bits, which tracers write in decimal and hexadecimal digits, and with as many
  /// zeros before it as those of 128 bits are long: the other ways to write it.
  ///
  /// <https://docs.datadoghq.com/tracing/guide/span_and_trace_id_format/>
  private static func sameNumber(as id: String) -> [String] {
    let digits = Array(id.unicodeScalars)
    guard digits.allSatisfy(\.isHexadecimal) else { return [] }
    if (17...20).contains(digits.count), digits.allSatisfy(\.isDigit), let number = UInt64(id) {
      return padded(String(number, radix: 16))
    }
    if digits.count == 16 { return [padding + id] + decimal(id) }
    guard digits.count == 32 else { return [] }
    let low = String(digits[16...])
    return (id.hasPrefix(padding) ? [low] : []) + decimal(low)
  }

  private static let padding = String(repeating: "0", count: 16)

  private static func padded(_ digits: String) -> [String] {
    let short = String(padding.dropLast(digits.utf8.count)) + digits
    return [short, padding + short]
  }

  private static func decimal(_ digits: String) -> [String] {
    UInt64(digits, radix: 16).map { [String($0)] } ?? []
  }

  /// What reads like it in a picture: the letters O, l and I among hexadecimal digits are 0 and 1.
  private static func asPrinted(_ text: String) -> String? {
    let scalars = Array(text.unicodeScalars)
    let start = prefix(of: scalars[...])?.endIndex ?? 0
    let read = scalars[start...].map { scalar -> Unicode.Scalar in
      switch scalar {
      case "O", "o": "0"
      case "l", "I": "1"
      default: scalar
      }
    }
    guard read[...] != scalars[start...], read.allSatisfy({ $0.isHexadecimal || $0 == "-" }),
      read.count >= 8
    else { return nil }
    return String(scalars[..<start]) + String(read[...])
  }
}
