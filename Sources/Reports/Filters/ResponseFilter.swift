internal import Checks
internal import Events

/// What conditions look at: texts are told by their numbers.
protocol Filterable {
  /// What tells it apart by a field: nothing above 0 where it has no status, kind or text.
  func number(of field: ResponseField) -> Int
}

/// Conditions on responses, whose texts are told by number: each text is compared once.
final class ResponseFilter {
  private let vocabulary: Vocabulary
  private let conditions: [Condition]
  /// By condition: which numbers were asked about, and which of them meet it.
  private var known: [(asked: NumberSet, met: NumberSet)]

  /// Texts with numbers beyond this are compared each time: a damaged store may tell any.
  private static let most = 1 << 24

  init(_ conditions: [Condition], _ vocabulary: Vocabulary) {
    self.conditions = conditions
    self.vocabulary = vocabulary
    known = conditions.map { _ in (NumberSet(), NumberSet()) }
  }

  /// Whether a vendor is meant, by its number.
  func passes(vendor: Int) -> Bool {
    conditions.indices.allSatisfy { conditions[$0].field != .vendor || meets($0, by: vendor) }
  }

  /// Whether what a vendor answered and a gateway logged is meant.
  func passes(vendor: Int, gateway: Int) -> Bool {
    conditions.indices.allSatisfy { place in
      switch conditions[place].field {
      case .vendor: meets(place, by: vendor)
      case .gateway: meets(place, by: gateway)
      case .status, .code, .kind, .route, .consumer, .answeredBy: true
      }
    }
  }

  /// Whether a 429 is meant, of which these are known.
  func passes(vendor: Int, route: Int, consumer: Int) -> Bool {
    conditions.indices.allSatisfy { place in
      switch conditions[place].field {
      case .vendor: meets(place, by: vendor)
      case .route: meets(place, by: route)
      case .consumer: meets(place, by: consumer)
      case .status, .code, .kind, .gateway, .answeredBy: true
      }
    }
  }

  /// Whether an error is meant.
  func passes(_ response: some Filterable) -> Bool {
    conditions.indices.allSatisfy { meets($0, by: response.number(of: conditions[$0].field)) }
  }

  /// Whether something with these texts is meant, as far as it has them.
  func passes(_ texts: [ResponseField: String?]) -> Bool {
    conditions.allSatisfy { condition in
      texts[condition.field].map { condition.isMet(byText: $0) } ?? true
    }
  }

  private func meets(_ place: Int, by number: Int) -> Bool {
    let condition = conditions[place]
    if condition.field == .status { return condition.isMet(byStatus: Int64(number)) }
    if number > ResponseFilter.most {
      return condition.isMet(byText: vocabulary.text(of: number, condition.field))
    }
    guard known[place].asked.insert(number) else { return known[place].met.contains(number) }
    let isMet = condition.isMet(byText: vocabulary.text(of: number, condition.field))
    if isMet { known[place].met.insert(number) }
    return isMet
  }
}

extension Vocabulary {
  /// The text that a number of a field stands for; nil for none.
  func text(of number: Int, _ field: ResponseField) -> String? {
    switch field {
    case .vendor: vendors[number]
    case .gateway: gateways[number]
    case .code: codes[number]
    case .route: routes[number]
    case .consumer: consumers[number]
    case .kind: Kind(rawValue: UInt8(clamping: number))?.name
    case .answeredBy: AnsweredBy(rawValue: UInt8(clamping: number))?.name
    case .status: number == 0 ? nil : String(number)
    }
  }
}
