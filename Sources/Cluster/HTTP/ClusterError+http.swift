internal import CCurl

/// How a transfer ended, as libcurl tells it.
struct Transfer: Equatable {
  var code: Int32
  /// Whether nothing can have reached the server.
  var isUnsent: Bool
  var words: String
}

extension ClusterError {
  /// A transfer without a whole answer.
  init(_ transfer: Transfer, _ address: ClusterAddress) {
    let place = "\(address.host):\(address.port)"
    switch transfer.code {
    case errata_curl_given_up:
      self.init(.stopped, "it was interrupted")
    case errata_curl_refused_bytes:
      self.init(.answer, "the answer of \(place) is larger than it may be")
    case errata_curl_bad_certificate:
      self.init(
        .certificate, "\(place) cannot be proven to be who it says it is: \(transfer.words)",
        hint: .text("Where it has an authority of your own, SSL_CERT_FILE names its certificate."))
    case errata_curl_no_host, errata_curl_no_connection:
      self.init(.unreachable, "\(place) cannot be reached: \(transfer.words)")
    default:
      let isTime = transfer.code == errata_curl_timed_out
      self.init(
        transfer.isUnsent ? .unreachable : .doubt,
        isTime
          ? "\(place) took too long: \(transfer.words)"
          : "the connection to \(place) ended before the answer: \(transfer.words)")
    }
  }

  /// What a server, or something before it, said no with.
  init(refusal text: String, status: Int, head: AnswerHead, address: ClusterAddress) {
    let words = ServerWords(text)
    let code = head.exception ?? words.code
    let place = "\(address.host):\(address.port)"
    guard code != 0 || text.hasPrefix("Code: ") else {
      // A proxy has pages of its own.
      let isPage = text.first { !$0.isWhitespace } == "<"
      let said = isPage || words.sentence.isEmpty ? "" : ": \(words.sentence)"
      self.init(
        .status(status), "\(place) answers with status \(status)\(said)",
        hint: status == 401 || status == 403 ? ClusterError.whoAsks : nil,
        retryAfter: head.retryAfter)
      return
    }
    self.init(
      .refused(code: code), "\(place) says: \(words.sentence)", retryAfter: head.retryAfter)
    switch code {
    case _ where ClusterError.strangers.contains(code): hint = ClusterError.whoAsks
    case ClusterError.unknownDatabase, ClusterError.unknownTable: hint = .makeTables
    default: break
    }
  }

  private static let whoAsks = Hint.text(
    "CLICKHOUSE_USER and CLICKHOUSE_PASSWORD say who asks.")
}
