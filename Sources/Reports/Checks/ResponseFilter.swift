internal import Checks
internal import Events

/// A rule's conditions on responses, whose texts are told by number: each text is compared once.
final class ResponseFilter {
  private let vocabulary: Vocabulary
  private let conditions: [Condition]
  /// By condition: which numbers were asked about, and which of them meet it.
  private var known: [(asked: NumberSet, met: NumberSet)]

  init(_ conditions: [Condition], _ vocabulary: Vocabulary) {
    self.conditions = conditions
    self.vocabulary = vocabulary
    known = conditions.map { _ in (NumberSet(), NumberSet()) }
  }

  /// Whether a vendor is meant, by its number.
  func passes(vendor: Int) -> Bool {
    conditions.indices.allSatisfy { place in
      conditions[place].field != .vendor
        || meets(place, vendor, vocabulary.vendors[vendor])
    }
  }

  /// Whether what a vendor answered and a gateway logged is meant.
  func passes(vendor: Int, gateway: Int) -> Bool {
    conditions.indices.allSatisfy { place in
      switch conditions[place].field {
      case .vendor: meets(place, vendor, vocabulary.vendors[vendor])
      case .gateway: meets(place, gateway, vocabulary.gateways[gateway])
      case .status, .code, .kind, .route, .consumer: true
      }
    }
  }

  /// Whether a 429 is meant, of which these are known.
  func passes(vendor: Int, route: Int, consumer: Int) -> Bool {
    conditions.indices.allSatisfy { place in
      switch conditions[place].field {
      case .vendor: meets(place, vendor, vocabulary.vendors[vendor])
      case .route: meets(place, route, vocabulary.routes[route])
      case .consumer: meets(place, consumer, vocabulary.consumers[consumer])
      case .status, .code, .kind, .gateway: true
      }
    }
  }

  /// Whether an error is meant.
  func passes(_ response: ResponseCount) -> Bool {
    conditions.indices.allSatisfy { place in
      switch conditions[place].field {
      case .status: conditions[place].isMet(byStatus: response.status)
      case .kind:
        meets(place, Int(response.kind?.rawValue ?? 0), response.kind?.name)
      case .vendor: meets(place, response.vendor, vocabulary.vendors[response.vendor])
      case .gateway:
        meets(place, response.gateway, vocabulary.gateways[response.gateway])
      case .code: meets(place, response.code, vocabulary.codes[response.code])
      case .route: meets(place, response.route, vocabulary.routes[response.route])
      case .consumer: meets(place, response.consumer, vocabulary.consumers[response.consumer])
      }
    }
  }

  /// Whether something with these texts is meant, as far as it has them.
  func passes(_ texts: [ResponseField: String?]) -> Bool {
    conditions.allSatisfy { condition in
      texts[condition.field].map { condition.isMet(byText: $0) } ?? true
    }
  }

  private func meets(_ place: Int, _ number: Int, _ text: @autoclosure () -> String?) -> Bool {
    guard known[place].asked.insert(number) else { return known[place].met.contains(number) }
    let isMet = conditions[place].isMet(byText: text())
    if isMet { known[place].met.insert(number) }
    return isMet
  }
}
