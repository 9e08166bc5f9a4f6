internal import Batches
package import Events
package import Times

/// What errors have in common that are counted together whatever their code.
package struct ErrorSort: Hashable, Sendable {
  /// Nil: what has none.
  package var vendor: String?
  /// 0 where there was no response.
  package var status: Int64
  package var kind: Kind

  package init(vendor: String?, status: Int64, kind: Kind) {
    self.vendor = vendor
    self.status = status
    self.kind = kind
  }
}

// What is asked about single events looks at little of what there is. An archive that can reads no
// more than that; of others the rest is left out here.
extension Archive {
  /// Of one that has them in this order.
  package func errorsInOrder(
    during range: TimeRange, _ body: (StoredCount) throws -> Void
  ) throws { try errors(during: range, body) }

  package func limitLists(during range: TimeRange, _ body: ([Limit]) -> Void) throws {
    var list: [Limit] = []
    try limits(during: range) { limit in
      list.append(limit)
      if list.count < Limit.atOnce { return }
      body(list)
      list.removeAll(keepingCapacity: true)
    }
    if !list.isEmpty { body(list) }
  }

  /// Of one whose texts have the numbers that they are stored with.
  package func forgetTexts() {}

  /// Of a store that is by itself.
  package func newestEvents() throws -> [ClosedRange<Int64>] { [0...max(0, try newestEvent())] }

  package func responses(
    of sort: ErrorSort, during range: TimeRange, by grain: Grain,
    _ body: (StoredCount) throws -> Void
  ) throws {
    try responses(during: range, by: grain) { count in
      guard count.status == sort.status, count.kind == sort.kind,
        text(count.vendor, in: .vendor) == sort.vendor
      else { return }
      try body(count)
    }
  }

  package func hasSuccesses(of vendor: String?, during range: TimeRange) throws -> Bool {
    var isThere = false
    try responses(during: range, by: .day) { count in
      if !isThere, count.kind == nil, count.count > 0 {
        isThere = text(count.vendor, in: .vendor) == vendor
      }
    }
    return isThere
  }

  package func minuteCounts(
    of sort: MinuteSort, ofVendor vendor: String?, during range: TimeRange,
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void
  ) throws {
    try minuteCounts(of: sort, during: range) { hour, number, gateway, minutes in
      if text(number, in: .vendor) == vendor { try body(hour, number, gateway, minutes) }
    }
  }

  package func calls(
    of consumer: String, during range: TimeRange, _ body: (StoredCall) throws -> Void
  ) throws {
    try calls(during: range) { call in
      if text(call.consumer, in: .consumer) == consumer { try body(call) }
    }
  }

  /// Of one that looks when it is asked.
  package func asOfOneMoment<Result>(_ work: () throws -> Result) throws -> Result { try work() }
}
