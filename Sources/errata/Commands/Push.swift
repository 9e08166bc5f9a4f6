internal import Arguments
internal import Cluster
internal import Glibc
internal import Rendering
internal import Store

extension Option {
  fileprivate static let goOn = Option(
    "follow", "go on and send what is stored, as it comes, until Ctrl-C")
  fileprivate static let again = Option(
    "again", "send again what was read again since, compared row by row")
}

extension Command {
  static let push = Command(
    "push", "send the store to a cluster of ClickHouse",
    details: [
      "Sends what the cluster does not have yet, batch by batch, each whole or not at all. However it "
        + "ends, the same command goes on: nothing is lost, and nothing is counted twice. The store "
        + "stays as it is. What is pruned from it stays in the cluster.",
      "URL is the address of any server, such as https://host:8443/?database=errata. Who asks is said "
        + "by CLICKHOUSE_USER and CLICKHOUSE_PASSWORD, or by the file clickhouse in the folder of "
        + "errata's configuration.",
      "A cluster knows each store by a name. Many machines send theirs, each under its own.",
      "Lines that import --reread has read again are sent again where the ledger shows it; --again "
        + "looks at every row.",
    ],
    operands: [Operand("URL")],
    options: [.edge, .goOn, .again], without: Option.ofAnswers + [.output],
    examples: [
      Example("errata push 'https://ch:8443/?database=errata'", "what is not there yet"),
      Example("errata push --follow --as edge-7 clickhouse://ch/errata", "as a service"),
    ]
  ) { invocation in
    let address = try ClusterAddress(invocation.operands[0])
    let store = try invocation.storeOption
    // A store that is not there is told before a server is asked.
    _ = try StoreReader(store)
    let lock = try PushLock(store)
    let connection = try invocation.connection(to: address)
    connection.patience = invocation.has(.goOn) ? Patience.endless : Patience.sender
    let start = Clock.seconds
    return try withExtendedLifetime(lock) {
      var push: Push?
      do {
        let made = try Push({ try StoreReader(store) }, to: connection, as: invocation.edgeName)
        push = made
        made.comparesContents = invocation.has(.again)
        try invocation.has(.goOn) ? made.follow() : made.run()
      } catch let error as ClusterError where error.cause == .stopped {
        if let push { try invocation.tell(push.summary, address, Clock.seconds - start) }
        return Interruption.signal == SIGTERM ? .terminated : .interrupted
      }
      if let push { try invocation.tell(push.summary, address, Clock.seconds - start) }
      return .ok
    }
  }
}

extension Invocation {
  /// Says in a line what came of it.
  func tell(
    _ summary: Push.Summary, _ address: ClusterAddress, _ seconds: Double
  ) throws {
    if has(.quiet) { return }
    var parts = [
      summary.batches > 0
        ? "sent \(counted(summary.batches, "batch", "batches"))" : "there was nothing to send"
    ]
    if summary.batches > 0 {
      parts.append("\(counted(summary.events, "event"))")
      parts.append("\(counted(summary.successes, "success", "successes"))")
      if summary.again > 0 { parts.append("\(summary.again) of the batches once more") }
    }
    if summary.known > 0 {
      parts.append("\(counted(summary.known, "batch was", "batches were")) there already")
    }
    let time = (seconds * 10).rounded() / 10
    try Destination.standardError.write(
      visible("\(parts.joined(separator: ", ")); to \(address.words) as \(edgeName), \(time) s")
        + "\n")
  }
}
