internal import Files
internal import JSON

/// The answer to a batch: several answers in one, each with an outcome of its own.
struct BatchAnswer {
  /// An answer within the answer.
  struct Part {
    /// What it says; a body in a string is still a string.
    var body: JSONValue
    /// 0 where it has none.
    var status = 0
    var headers: JSONValue?
  }

  /// Its parts that failed; none where it is no batch, or all went well.
  private(set) var failed: [Part] = []

  init(_ body: JSONValue) {
    if body.isArray {
      readList(body)
      return
    }
    for (name, value) in body.members where value.isArray && value.element(0) != nil {
      guard let form = BatchAnswer.form(named: name) else { continue }
      read(value, as: form, in: body)
      if !failed.isEmpty { return }
    }
  }

  /// How lists of answers are written.
  private enum Form {
    /// Microsoft Graph, OData, Salesforce, Elasticsearch: each with a status.
    case answers
    /// The same, of which more must be seen: lists of this name hold anything.
    case results
    /// Elasticsearch's bulk: each by the name of what was done.
    case actions
    /// Amazon's: those that failed alone.
    case failures
    /// Amazon's: an error code in some of them, and a count of those.
    case counted
    /// Expo, Zoho, Mailjet: `status` is a word.
    case worded
    /// HubSpot: errors beside results.
    case errors
  }

  private static func form(named name: Bytes) -> Form? {
    forms.first { name.isEqual(ignoringCase: $0.0) }?.1
  }

  private static let forms: [(StaticString, Form)] = [
    ("responses", .answers), ("compositeResponse", .answers), ("results", .results),
    ("items", .actions), ("Failed", .failures), ("ErrorList", .failures), ("Records", .counted),
    ("RequestResponses", .counted), ("Entries", .counted), ("data", .worded),
    ("Messages", .worded), ("errors", .errors), ("operations", .results), ("value", .results),
    ("replies", .results),
  ]

  private mutating func read(_ list: JSONValue, as form: Form, in body: JSONValue) {
    switch form {
    case .answers:
      for element in list.elements where !Finding.isLogged(element) { addAnswer(element) }
    case .results:
      let counts = (body["failure"]?.integer ?? 0) > 0 || body["hasErrors"]?.bool == true
      for element in list.elements
      where counts || BatchAnswer.mayHaveFailed(element) && BatchAnswer.isAnswer(element) {
        addAnswer(element, isCounted: counts)
      }
    case .actions:
      guard body["errors"]?.bool == true else { return }
      for element in list.elements {
        var members = element.members
        guard let action = members.next()?.value, action.isObject else { continue }
        addAnswer(action)
      }
    case .failures:
      for element in list.elements
      where element["Code"]?.isString ?? element["ErrorCode"]?.isString ?? false {
        failed.append(Part(body: element))
      }
    case .counted:
      guard body.members.contains(where: BatchAnswer.countsFailures) else { return }
      for element in list.elements where element["ErrorCode"]?.isString == true {
        failed.append(Part(body: element))
      }
    case .worded: addWorded(list)
    case .errors:
      guard (body["numErrors"]?.integer ?? 0) > 0 else { return }
      for element in list.elements where element.isObject { failed.append(Part(body: element)) }
    }
  }

  /// `FailedRecordCount`, `FailedEntryCount`, `FailedPutCount`.
  private static func countsFailures(_ name: Bytes, _ value: JSONValue) -> Bool {
    name.starts(with: "Failed".utf8) && (value.integer ?? 0) > 0
  }

  /// `[{…}, {…}]`: answers to several requests that were sent as one.
  private mutating func readList(_ list: JSONValue) {
    let isBatch = list.elements.allSatisfy { $0.isNull || BatchAnswer.isAnswer($0) }
    guard isBatch else { return }
    for element in list.elements { addAnswer(element, isCounted: true) }
  }

  /// A look at the names of an element, by which long lists of anything are passed over: whether one
  /// of them may tell of a failure.
  private static func mayHaveFailed(_ element: JSONValue) -> Bool {
    for (name, value) in element.members {
      guard name.count > 3, name.count < 15, !value.isNull else { continue }
      switch name[0] | 0x20 {
      case UInt8(ascii: "s") where value.bool == false: return true
      case UInt8(ascii: "s"), UInt8(ascii: "h"), UInt8(ascii: "c"):
        if (value.integer ?? 0) >= 400 { return true }
      case UInt8(ascii: "e") where name[1] == UInt8(ascii: "r"): return true
      default: break
      }
    }
    return false
  }

  /// Whether an object is an answer of its own, and no thing that has a state.
  private static func isAnswer(_ element: JSONValue) -> Bool {
    if element["jsonrpc"] != nil { return true }
    if Finding.isLogged(element) { return false }
    let isStatus = status(of: element) > 0
    if isStatus {
      return element["body"] != nil || element["result"] != nil
        || element["error"].map { $0.isObject || element["id"] == nil } ?? false
        || element["requestCharge"] != nil || element["resourceBody"] != nil
        || element["successful"]?.bool != nil && element["errorMessage"] != nil
    }
    if element["success"]?.bool != nil {
      return element["errors"] != nil || element["error"] != nil
    }
    if element["data"] != nil || element["errors"]?.isArray == true {
      return element["data"] == nil || element.members.allSatisfy { isGraphQL($0.key) }
    }
    return element["ErrorCode"]?.integer != nil && element["Message"]?.isString == true
  }

  private static func isGraphQL(_ name: Bytes) -> Bool {
    name.isEqual(to: "data") || name.isEqual(to: "errors") || name.isEqual(to: "extensions")
  }

  private static func status(of element: JSONValue) -> Int {
    for name in statusNames {
      if let status = element[name]?.integer, (100...599).contains(status) { return Int(status) }
    }
    return 0
  }

  private static let statusNames = ["status", "statusCode", "httpStatusCode", "code"]
    .map { Array($0.utf8) }

  /// Adds an answer that failed: by its status, else by what it says.
  private mutating func addAnswer(_ element: JSONValue, isCounted: Bool = false) {
    guard element.isObject else { return }
    let status = BatchAnswer.status(of: element)
    let body =
      element["body"] ?? element["resourceBody"]
      ?? element["result"].flatMap { $0.isArray ? $0 : nil } ?? element["Errors"]
    if status >= 400 {
      failed.append(Part(body: body ?? element, status: status, headers: element["headers"]))
    } else if status == 0 {
      let says =
        element["Error"]?.isObject == true || element["error"]?.isObject == true
        || element["success"]?.bool == false
        || element["errors"].map { $0.element(0)?.isObject ?? false } ?? false
        || isCounted && (element["error"]?.string.map { !$0.isEmpty } ?? false)
        || (element["ErrorCode"]?.integer ?? 0) != 0
      if says { failed.append(Part(body: element)) }
    }
  }

  /// Of a list in which each says by a word how it went, those that went wrong.
  private mutating func addWorded(_ list: JSONValue) {
    func word(_ element: JSONValue) -> Bytes? { (element["status"] ?? element["Status"])?.string }
    let isBatch = list.elements.allSatisfy { element in
      word(element).map { word in BatchAnswer.words.contains { word.isEqual(ignoringCase: $0) } }
        ?? false
    }
    guard isBatch else { return }
    for element in list.elements where word(element)?.isEqual(ignoringCase: "error") == true {
      let says = element["details"] ?? element["Errors"]
      if says != nil { failed.append(Part(body: element["Errors"] ?? element)) }
    }
  }

  private static let words: [StaticString] = ["ok", "success", "error"]
}
