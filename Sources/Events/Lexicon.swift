/// The texts that repeat from event to event and are stored once: one dictionary each.
package enum Lexicon: Int, CaseIterable, Sendable {
  case vendor, code, method, route, consumer, message, details

  /// The table that holds it.
  package var name: String {
    switch self {
    case .vendor: "vendor"
    case .code: "code"
    case .method: "method"
    case .route: "route"
    case .consumer: "consumer"
    case .message: "message"
    case .details: "details"
    }
  }
}

/// A text of a lexicon by its number, as one import counts them; 0 stands for none.
package typealias Word = UInt32
