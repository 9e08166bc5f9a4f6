extension Lexicon {
  /// Of texts that anyone who sends requests can make up: how many a store has room for, and the
  /// text that stands for all further ones. Nil where there is no such limit.
  package var room: (most: Int, others: String)? {
    switch self {
    // A vendor that no profile knows is called as the host that was asked for.
    case .vendor: (10_000, Lexicon.otherHosts)
    // Some forty are registered:
    // <https://www.iana.org/assignments/http-methods/http-methods.xhtml>.
    case .method: (100, "OTHER")
    // Those of profiles.
    case .gateway: nil
    case .code, .route, .consumer, .message, .details: nil
    }
  }

  /// The vendor that stands for hosts beyond those.
  package static let otherHosts = "other-hosts"
}
