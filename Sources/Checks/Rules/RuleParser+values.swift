internal import Events
internal import Times

// What stands behind a word, a comparison or a `=`.
extension RuleParser {
  /// A number behind a comparison.
  mutating func amount() throws(RuleError) -> Amount {
    let token = next()
    var text = token.text
    if token.sort == .word, peek.sort == .word, peek.text == "%" {
      text += "%"
      _ = next()
    }
    guard token.sort == .word, let amount = Amount(text) else {
      throw RuleError(
        token.text.isEmpty ? "a number is missing here" : "“\(token.text)” is no number",
        hint: "Write one such as 20, 1.5k or 2%.", at: token.column)
    }
    return amount
  }

  mutating func takeThreshold(_ bound: Bound, _ token: Token) throws(RuleError) {
    if let threshold {
      throw RuleError(
        "a rule has one threshold, and this one has “\(threshold.value.text)” already",
        hint: "Write a rule for each.", at: token.column)
    }
    threshold = (bound, token)
  }

  mutating func takeBound(_ quantity: Quantity, _ token: Token) throws(RuleError) {
    let sign = next()
    guard sign.sort == .symbol, let comparison = Comparison(rawValue: sign.text) else {
      throw RuleError(
        "“\(quantity.rawValue)” needs a comparison", hint: "As in \(quantity.rawValue) > 5.",
        at: sign.column)
    }
    let bound = Bound(comparison: comparison, amount: try amount())
    bounds.append((Rule.SizeBound(quantity: quantity, bound: bound), token))
  }

  /// What stands behind `until`; the comparison may be left out.
  mutating func limit() throws(RuleError) -> (comparison: Comparison?, amount: Amount) {
    guard peek.sort == .symbol, !peek.text.isEmpty else { return (nil, try amount()) }
    let sign = next()
    guard let comparison = Comparison(rawValue: sign.text) else { throw misplaced(sign) }
    return (comparison, try amount())
  }

  mutating func wholeNumber() throws(RuleError) -> Int64 {
    let token = next()
    guard token.sort == .word, token.text.count <= 9, let number = Int64(token.text), number >= 0
    else {
      throw RuleError(
        "“\(token.text)” is no whole number", hint: "Write one, as in min=20.", at: token.column)
    }
    return number
  }

  mutating func length() throws(RuleError) -> Every {
    let token = next()
    let every: Every
    do {
      every = try Every(token.text)
    } catch {
      throw RuleError(
        token.text.isEmpty ? "a length of time is missing here" : error.message,
        hint: "Write a number and a unit, as in 5m, 1h or 1d.", at: token.column)
    }
    guard every.length % Milliseconds.minute == 0 else {
      throw RuleError(
        "“\(token.text)” is not whole minutes", hint: "Counts are kept by the minute: write 1m.",
        at: token.column)
    }
    guard every.length <= 366 * Milliseconds.day else {
      throw RuleError(
        "“\(token.text)” is too long", hint: "The longest window has 366 days.", at: token.column)
    }
    return every
  }

  func field(_ token: Token) throws(RuleError) -> ResponseField {
    guard let field = ResponseField(rawValue: token.value) else {
      throw unknown(token, among: ResponseField.allCases.map(\.rawValue), "field")
    }
    return field
  }

  func incidentSort(_ token: Token) throws(RuleError) -> IncidentSort {
    guard let sort = IncidentSort(rawValue: token.value) else {
      throw unknown(token, among: IncidentSort.allCases.map(\.rawValue), "incident")
    }
    return sort
  }

  func owner(_ token: Token) throws(RuleError) -> Blame {
    guard let owner = Blame(rawValue: token.value) else {
      throw unknown(token, among: Blame.allCases.map(\.rawValue), "blame")
    }
    return owner
  }

  func pattern(_ token: Token, of field: ResponseField) throws(RuleError) -> Condition.Pattern {
    switch field {
    case .vendor, .gateway, .code, .route, .consumer: return .text(token.text.lowercased())
    case .kind:
      let kinds = Kind.allCases.map(\.name)
      guard kinds.contains(token.value) else { throw unknown(token, among: kinds, "kind") }
      return .text(token.value)
    case .answeredBy:
      let names = AnsweredBy.allCases.map(\.name)
      guard names.contains(token.value) else { throw unknown(token, among: names, "answerer") }
      return .text(token.value)
    case .status:
      let text = token.value
      if text == "none" { return .status(0) }
      if text.count == 3, let first = text.first, text.hasSuffix("xx"),
        let hundreds = Int64(String(first)), (1...9).contains(hundreds)
      {
        return .statusClass(hundreds)
      }
      guard text.count == 3, let status = Int64(text), status >= 100 else {
        throw RuleError(
          "“\(token.text)” is no status",
          hint: "Write 429, 5xx, or none where no response came.", at: token.column)
      }
      return .status(status)
    }
  }

  // MARK: what is wrong

  func unknown(_ token: Token, among known: [String], _ sort: String) -> RuleError {
    let isOther = token.sort == .symbol || token.text.first?.isNumber == true
    return RuleError(
      isOther ? "“\(token.text)” means nothing here" : "there is no \(sort) “\(token.text)”",
      hint: "There are \(known.joined(separator: ", ")).", at: token.column,
      word: token.text.lowercased(), known: known)
  }

  func misplaced(_ token: Token) -> RuleError {
    let turned = ["=>": ">=", "=<": "<=", "==": "=", "<>": "!="][token.text]
    let hint = turned.map { "Write \($0)." } ?? "Comparisons are >, >=, < and <=."
    return RuleError("“\(token.text)” means nothing here", hint: hint, at: token.column)
  }
}
