internal import Events
internal import Times

extension Rule {
  /// Reads a rule: a measure with a comparison and `per` a length, or something that is sighted;
  /// then filters and the like, in any order.
  package init(_ text: String) throws(RuleError) {
    var parser = RuleParser(try tokens(of: text))
    self = try parser.rule()
  }
}

/// Reads a rule's clauses as they come, and sees in the end whether they make one.
struct RuleParser {
  /// What a rule is about, and where it says so.
  enum Head {
    case measure(Measure)
    case sighting(Sighting)
    case budget
  }

  private let tokens: [Token]
  private var place = 0
  var head: (value: Head, token: Token)?
  var threshold: (value: Bound, token: Token)?
  var window: (value: Every, token: Token)?
  /// Without a comparison it is the other way round than the threshold's.
  var until: (value: (comparison: Comparison?, amount: Amount), token: Token)?
  var minimum: (value: Int64, token: Token)?
  var bounds: [(value: Rule.SizeBound, token: Token)] = []
  var conditions: [(value: Condition, token: Token)] = []
  var grouping: (value: [ResponseField], token: Token)?
  /// Which incidents are meant.
  var incidents: (value: [IncidentSort], token: Token)?
  var objective: (value: Amount, token: Token)?
  var owners: [(value: Budget.Owners, token: Token)] = []

  /// Behind the last piece.
  private let end: Token

  init(_ tokens: [Token]) {
    self.tokens = tokens
    let column = tokens.last?.end ?? 1
    end = Token(sort: .symbol, text: "", column: column, end: column)
  }

  mutating func rule() throws(RuleError) -> Rule {
    while place < tokens.count { try clause() }
    return try assembled(end: end)
  }

  private mutating func clause() throws(RuleError) {
    let token = next()
    if token.sort == .symbol {
      guard let comparison = Comparison(rawValue: token.text) else { throw misplaced(token) }
      try takeThreshold(Bound(comparison: comparison, amount: try amount()), token)
      return
    }
    let isAssigned = peek.sort == .symbol && ["=", "!="].contains(peek.text)
    if let field = ResponseField(rawValue: token.name), isAssigned {
      let isExcluding = next().text == "!="
      var patterns: [Condition.Pattern] = []
      for value in try values() { patterns.append(try pattern(value, of: field)) }
      conditions.append(
        (Condition(field: field, isExcluding: isExcluding, patterns: patterns), token))
      return
    }
    if token.name == "blame", isAssigned {
      let isExcluding = next().text == "!="
      var names: [Blame] = []
      for value in try values() { names.append(try owner(value)) }
      owners.append((Budget.Owners(isExcluding: isExcluding, owners: names), token))
      return
    }
    if isAssigned { try checkAssignment(to: token) }
    if isAssigned, token.name == "what" {
      let isExcluding = next().text == "!="
      return try takeIncidents(token, isExcluding: isExcluding)
    }
    if isAssigned { place += 1 }
    try word(token)
  }

  private mutating func word(_ token: Token) throws(RuleError) {
    switch token.name {
    case "per":
      try once(window == nil, token)
      window = (try length(), token)
    case "until":
      try once(until == nil, token)
      until = (try limit(), token)
    case "min":
      try once(minimum == nil, token)
      minimum = (try wholeNumber(), token)
    case "by":
      try once(grouping == nil, token)
      var fields: [ResponseField] = []
      for value in try values() { fields.append(try field(value)) }
      grouping = (fields, token)
    case "what": try takeIncidents(token, isExcluding: false)
    case "total":
      try once(grouping == nil, token)
      grouping = ([], token)
    default:
      if let quantity = Quantity(rawValue: token.name) {
        return try takeBound(quantity, token)
      }
      guard let named = RuleParser.heads.first(where: { plainName($0.name) == token.name }) else {
        if RuleParser.windowWords.contains(token.name) {
          throw RuleError(
            "there is no word “\(token.text)”", hint: "A window is written as in per 5m.",
            at: token.column)
        }
        throw unknown(token, among: RuleParser.words, "word")
      }
      if let head {
        throw RuleError(
          "a rule watches one thing, and this one has “\(head.token.text)” already",
          hint: "Write a rule for each.", at: token.column)
      }
      head = (named.head, token)
      if case .budget = named.head, peek.sort == .word, peek.text.first?.isNumber == true {
        let place = peek
        objective = (try amount(), place)
      }
    }
  }

  private mutating func takeIncidents(_ token: Token, isExcluding: Bool) throws(RuleError) {
    try once(incidents == nil, token)
    var named: [IncidentSort] = []
    for value in try values() { named.append(try incidentSort(value)) }
    let meant = IncidentSort.allCases.filter { named.contains($0) != isExcluding }
    guard !meant.isEmpty else {
      throw RuleError(
        "that leaves out every sort of incident", hint: "Name fewer.", at: token.column)
    }
    incidents = (meant, token)
  }

  /// Refuses a `=` or `!=` behind a word that takes none.
  private func checkAssignment(to token: Token) throws(RuleError) {
    guard RuleParser.settings.contains(token.name) else {
      throw unknown(
        token, among: ResponseField.allCases.map(\.rawValue) + ["blame"] + RuleParser.settings,
        "filter")
    }
    guard peek.text == "=" || token.name == "what" else {
      throw RuleError(
        "“!=” means nothing behind “\(token.text)”", hint: "Write \(token.text)=…",
        at: peek.column)
    }
  }

  private static let settings = ["by", "min", "per", "until", "what"]
  static let heads: [(name: String, head: Head)] =
    Measure.allCases.map { ($0.rawValue, .measure($0)) }
    + Sighting.allCases.map { ($0.rawValue, .sighting($0)) } + [("budget", .budget)]
  private static let words =
    heads.map(\.name) + settings + ["total"] + Quantity.allCases.map(\.rawValue)
    + (ResponseField.allCases.map(\.rawValue) + ["blame"]).map { "\($0)=…" }

  /// What others write for `per`.
  private static let windowWords = ["for", "in", "over", "within", "last", "every", "each"]

  // MARK: pieces

  var peek: Token { place < tokens.count ? tokens[place] : end }

  mutating func next() -> Token {
    let token = peek
    place += 1
    return token
  }

  /// Values between commas.
  private mutating func values() throws(RuleError) -> [Token] {
    var values: [Token] = []
    while true {
      let token = next()
      guard token.sort != .symbol else {
        throw RuleError("a value is missing here", at: token.column)
      }
      values.append(token)
      guard peek.sort == .symbol, peek.text == "," else { return values }
      place += 1
    }
  }

  private func once(_ isFirst: Bool, _ token: Token) throws(RuleError) {
    if isFirst { return }
    throw RuleError(
      "“\(token.text)” is said already", hint: "Leave one of them out.", at: token.column)
  }
}
