internal import HTTP

extension AnswerHead {
  private static let exceptionCode = "x-clickhouse-exception-code"
  private static let summary = "x-clickhouse-summary"
  /// What ClickHouse says in heads that matters here.
  static let ofClickHouse: Set<String> = [exceptionCode, summary]

  /// ClickHouse's code of an error; nil where all went well.
  var exception: Int? { self[AnswerHead.exceptionCode].flatMap { Int($0) } }

  /// Whether what follows are a server's words, and not what it was asked for.
  var isRefusal: Bool { status >= 400 || exception != nil }

  /// What servers read for it, where they tell.
  var rowsRead: Int64? { number("read_rows") }
  var bytesRead: Int64? { number("read_bytes") }

  /// A number of `{"read_rows":"1024","read_bytes":"8192"}`.
  private func number(_ name: String) -> Int64? {
    for pair in (self[AnswerHead.summary] ?? "").split(whereSeparator: { "{},".contains($0) }) {
      let parts = pair.split(separator: ":")
      if parts.count == 2, parts[0].filter({ $0 != "\"" }) == name {
        return Int64(parts[1].filter { $0.isNumber })
      }
    }
    return nil
  }
}

extension ClusterError {
  /// A transfer without a whole answer.
  init(_ transfer: Transfer, _ address: ClusterAddress) {
    let place = "\(address.host):\(address.port)"
    switch transfer.end {
    case .givenUp:
      self.init(.stopped, "it was interrupted")
    case .tooLarge:
      self.init(.answer, "the answer of \(place) is larger than it may be")
    case .certificate:
      self.init(
        .certificate, "\(place) cannot be proven to be who it says it is: \(transfer.words)",
        hint: .text("Where it has an authority of your own, SSL_CERT_FILE names its certificate."))
    case .unreachable:
      self.init(.unreachable, "\(place) cannot be reached: \(transfer.words)")
    case .whole, .timedOut, .broken:
      let isTime = transfer.end == .timedOut
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
