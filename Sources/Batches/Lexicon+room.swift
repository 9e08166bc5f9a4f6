extension Lexicon {
  /// How many texts that whoever sends requests may have made up a store has room for, and what stands
  /// for all further ones; nil where there is no such limit.
  package var room: (most: Int, others: String)? {
    switch self {
    // A vendor that no profile knows is called as the host that was asked for.
    case .vendor: (10_000, Lexicon.otherHosts)
    // Some forty are registered: <https://www.iana.org/assignments/http-methods/http-methods.xhtml>.
    case .method: (100, "OTHER")
    // Those of profiles.
    case .gateway: nil
    case .code, .route, .consumer, .message, .details: nil
    }
  }

  /// The vendor that stands for hosts beyond those.
  package static let otherHosts = "other-hosts"
}
