internal import Arguments
internal import Questions
internal import Rendering
internal import Reports
internal import Server
internal import Store
internal import Threads

/// What is served without the token: counts, and nothing else.
func openPages(of store: ServedStore) -> [String: Server.Maker] {
  let metrics = ServedMetrics(store)
  return [
    "/healthz": { _ in
      answer("text/plain; charset=utf-8") {
        let holdings = try store.read { try $0.holdings() }
        return Array("ok\nevents \(holdings.events)\nrejects \(holdings.rejects)\n".utf8)
      }
    },
    "/metrics": { _ in answer(OpenMetrics.type) { try metrics.text() } },
  ]
}

/// Why a store cannot be read may tell where it is.
private func answer(_ type: String, _ work: () throws -> [UInt8]) -> Response {
  do {
    return Response(status: 200, type: type, body: try work())
  } catch is ServedStore.TookTooLong {
    return plain(503, "counting takes too long\n")
  } catch {
    return plain(503, "the store cannot be read\n")
  }
}

private func plain(_ status: Int, _ text: String) -> Response {
  Response(status: status, type: "text/plain; charset=utf-8", body: Array(text.utf8))
}

/// The counts of a store, kept for a while: they are asked for every few seconds.
private final class ServedMetrics: Sendable {
  private struct Kept {
    var batch: Int64
    var metrics: StoreMetrics
    var counted: ContinuousClock.Instant
    var open: [String?: Int]
    var judged: ContinuousClock.Instant
  }

  private let store: ServedStore
  private let kept = Lock<Kept?>(nil)
  /// For how long incidents are taken for what they were, and counts where nothing was imported since.
  private static let rest = Duration.seconds(60)

  init(_ store: ServedStore) {
    self.store = store
  }

  func text() throws -> [UInt8] {
    let now = ContinuousClock.now
    let last = kept.withLock { $0 }
    let current = try store.read { reader in
      let batch = try reader.newestBatch()
      if let last, last.batch == batch, now - last.counted < Self.rest { return last }
      let metrics = try StoreMetrics(reader, most: StoreMetrics.toldVendors)
      if let last, now - last.judged < Self.rest {
        return Kept(
          batch: batch, metrics: metrics, counted: now, open: last.open, judged: last.judged)
      }
      return Kept(
        batch: batch, metrics: metrics, counted: now, open: try openIncidents(in: reader),
        judged: now)
    }
    kept.withLock { $0 = current }
    return OpenMetrics(current.metrics, open: current.open, as: .openMetrics).text.bytes
  }
}
