/// The texts that repeat from event to event and are stored once: one dictionary each.
package enum Lexicon: Int, CaseIterable, Sendable {
  case vendor, gateway, code, method, route, consumer, message, details

  /// The table that holds it.
  package var name: String {
    switch self {
    case .vendor: "vendor"
    case .gateway: "gateway"
    case .code: "code"
    case .method: "method"
    case .route: "route"
    case .consumer: "consumer"
    case .message: "message"
    case .details: "details"
    }
  }
}

/// A text of a lexicon by its number, as one reader of logs counts them; 0 stands for none.
package typealias Word = UInt32

/// The numbers that a reader has given to texts, in each lexicon from 1 on.
///
/// Each text travels once, in the batch that met it first. So a vocabulary one of whose batches was
/// not stored is of no use any more.
package final class Vocabulary {
  /// What the ledger remembers of its texts. Only the ledger uses it, while it stores a batch.
  package var known: AnyObject?

  package init() {}
}
