internal import CCurl

/// How a transfer ended, as libcurl tells it.
package struct Transfer: Equatable {
  package enum End: Equatable {
    case whole
    /// Someone wanted it to end.
    case givenUp
    /// The answer is larger than it may be.
    case tooLarge
    /// It cannot be proven who the server is.
    case certificate
    /// There is no such host, or nobody listens there.
    case unreachable
    case timedOut
    /// The connection ended, or something else went wrong.
    case broken
  }

  package var end: End
  /// Whether nothing can have reached the server.
  package var isUnsent: Bool
  package var words: String

  package init(_ end: End, isUnsent: Bool = false, words: String = "") {
    self.end = end
    self.isUnsent = isUnsent
    self.words = words
  }

  init(_ outcome: errata_curl_outcome) {
    isUnsent = outcome.is_unsent != 0
    words = withUnsafeBytes(of: outcome.words) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    switch outcome.code {
    case 0: end = .whole
    case errata_curl_given_up: end = .givenUp
    case errata_curl_refused_bytes: end = .tooLarge
    case errata_curl_bad_certificate: end = .certificate
    case errata_curl_no_host, errata_curl_no_connection: end = .unreachable
    case errata_curl_timed_out: end = .timedOut
    default: end = .broken
    }
  }
}
