package import Checks
package import Events

/// Which errors a question is about, beside its vendors and its gateway.
package struct EventFilter: Sendable, Hashable {
  /// All must be met.
  package var conditions: [Condition]
  /// What stands in some text of theirs, whatever the case of its letters; nil for anything.
  package var text: String?

  package init(_ conditions: [Condition] = [], containing text: String? = nil) {
    self.conditions = conditions
    self.text = text
  }

  /// What values of fields stand for, as `Condition` reads them: `429`, `5xx`, `PLAN_*`, `!404`.
  package init(
    _ values: [ResponseField: [String]], containing text: String? = nil
  ) throws(RuleError) {
    self.init(containing: text)
    for field in ResponseField.allCases {
      guard let own = values[field] else { continue }
      conditions += try Condition.conditions(on: field, from: own)
    }
  }

  /// Whether it leaves nothing out.
  package var isEmpty: Bool { conditions.isEmpty && text == nil }

  /// What it looks at.
  package var fields: Set<ResponseField> { Set(conditions.map(\.field)) }

  /// Whether it looks at no more than some fields.
  func looks(onlyAt known: Set<ResponseField>) -> Bool {
    text == nil && fields.isSubset(of: known)
  }

  /// Whether successes are picked by it, too: of these little else is kept.
  package var isOfSuccesses: Bool { looks(onlyAt: [.vendor, .gateway]) }

  /// Whether the counts of what was answered tell enough.
  var isOfCounts: Bool { looks(onlyAt: [.vendor, .gateway, .status, .code, .kind]) }

  /// Whether the counts by route do.
  var isOfRoutes: Bool {
    looks(onlyAt: [.vendor, .gateway, .status, .kind, .route, .answeredBy])
  }

  /// Whether it looks at whose requests they are, and at nothing else.
  var isOfCallers: Bool { looks(onlyAt: [.vendor, .gateway, .consumer]) }

  /// The same in words: `status=429,5xx code=plan_* containing “quota”`.
  package var words: String {
    (conditions.map(\.text) + (text.map { ["containing “\($0)”"] } ?? []))
      .joined(separator: " ")
  }

  /// Whether an event is meant.
  package func holds(of event: Event) -> Bool {
    conditions.allSatisfy { condition in
      switch condition.field {
      case .vendor: condition.isMet(byText: event.vendor)
      case .gateway: condition.isMet(byText: event.gateway)
      case .status: condition.isMet(byStatus: Int64(event.status ?? 0))
      case .code: condition.isMet(byText: event.code)
      case .kind: condition.isMet(byText: event.kind.name)
      case .route: condition.isMet(byText: event.route)
      case .consumer: condition.isMet(byText: event.consumer)
      case .answeredBy: condition.isMet(byText: event.answeredBy.name)
      }
    } && isText(of: event)
  }

  private func isText(of event: Event) -> Bool {
    guard let text else { return true }
    let search = TextPattern(text)
    return [
      event.message, event.code, event.route, event.path, event.consumer, event.requestID,
      event.details,
    ].contains { $0.map { search.stands(in: $0) } ?? false }
  }
}
