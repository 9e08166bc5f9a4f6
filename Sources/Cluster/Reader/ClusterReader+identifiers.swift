internal import Times
package import Batches
internal import Events
internal import Files
internal import Questions

// The ids of an event, of which a cluster has the hashes, each edge's by a seed of its own.
extension ClusterReader {
  package func events(
    with id: String, hash: (_ id: String, _ seed: UInt64) -> UInt64
  ) throws -> [Int64] {
    let pairs = try seeds().map { (edge: $0.edge, hash: hash(id, $0.seed)) }
    var found: [(number: Int64, time: Int64)] = []
    for carrier in try carriers(of: .whole, pairs, order: "c2")
    where carrier.event != found.last?.number {
      found.append((carrier.event, carrier.time))
    }
    try remember(found)
    return found.map(\.number)
  }

  package func event(_ number: Int64, carries hashes: some Sequence<UInt64>) throws -> Bool {
    let wanted = Set(hashes)
    if wanted.isEmpty { return true }
    let edge = number >> Edge.bits
    let found = try carriers(
      of: .whole, wanted.map { (edge, $0) }, ["event = \(number)"], order: "c2")
    return Set(found.map(\.hash)) == wanted
  }

  package func identifierCount(ofEvent number: Int64) throws -> Int {
    guard let batch = try batch(ofEvent: number) else { return 0 }
    var count = 0
    try rows(
      TableQuestion(
        name: "ids",
        columns: [.number("sum(arrayCount(x -> x = \(number), events))")], table: "identifier",
        conditions: [
          "sort = \(IdentifierBuckets.Sort.whole.rawValue)", "edge = \(batch.edge)",
          "batch = \(batch.batch)",
        ], deliveries: batch.deliveries)
    ) { count = Int(try $0.integer(0, in: AnswerDomain.count)) }
    return count
  }

  package func events(
    withIDPart part: String, at edge: IDEdge, limit: Int
  ) throws -> (numbers: [Int64], hasMore: Bool) {
    guard let hash = edge.hash(of: part) else { return ([], false) }
    let edges = try seeds().map { (edge: $0.edge, hash: UInt64(hash)) }
    // The numbers of one edge say which event came later; those of several say nothing of each other.
    let isOfSeveral = edges.count > 1
    var alike = try carriers(
      of: edge == .beginning ? .beginning : .end, edges,
      order: isOfSeveral ? "c3 DESC, c2 DESC" : "c2 DESC", most: ClusterReader.mostAlike + 1)
    let hasMore = alike.count > ClusterReader.mostAlike
    if hasMore { alike.removeLast() }
    var numbers: [Int64] = []
    for start in stride(from: 0, to: alike.count, by: ClusterReader.eventsAtOnce) {
      let some = alike[start..<min(start + ClusterReader.eventsAtOnce, alike.count)]
      var events = try ids(of: some.map { ($0.event, $0.time) }).filter {
        edge.isEdge(part, of: $0.id)
      }
      events.sort { one, other in
        isOfSeveral && one.time != other.time ? one.time > other.time : one.number > other.number
      }
      for event in events {
        if numbers.count >= limit { return (numbers, true) }
        numbers.append(event.number)
      }
    }
    return (numbers, hasMore)
  }

  /// So many events are looked at whose ids may begin or end alike.
  private static let mostAlike = 50_000

  package func someIDs(_ count: Int) throws -> [(id: String, vendor: Int64)] {
    let all = try batches(sampled: ClusterReader.mostSampledOf)
    guard count > 0, !all.isEmpty else { return [] }
    // Of a few batches, spread over all: each has its own place.
    let step = max(1, (all.count + ClusterReader.mostSampled - 1) / ClusterReader.mostSampled)
    let some = stride(from: all.count - 1, through: 0, by: -step).map { all[$0] }.reversed()
    let total = some.reduce(Int64(0)) { $0.addingClamped(Int64($1.numbers.count)) }
    let distance = max(1, total / Int64(count))
    var wanted: [String] = []
    var ways: [String] = []
    var before: Int64 = 0
    var places = EventPlaces()
    for batch in some {
      places.add(EventPlaces(batch.times, batch.hasUndated))
      let end = before + Int64(batch.numbers.count)
      // From the last event on.
      for place in stride(from: total, to: 0, by: -Int64.Stride(distance))
      where place > before && place <= end {
        wanted.append("\(batch.numbers.lowerBound + place - before - 1)")
      }
      ways.append("(\(batch.conditions.joined(separator: " AND ")))")
      before = end
    }
    var ids: [(id: String, vendor: Int64)] = []
    try rows(
      TableQuestion(
        name: "some ids", columns: [.number("id"), .text("request_id"), .text("vendor")],
        table: "event",
        conditions: [
          "(\(ways.joined(separator: " OR ")))", "id IN (\(wanted.joined(separator: ", ")))",
          "request_id IS NOT NULL",
        ], rest: "ORDER BY c0 DESC", deliveries: places.deliveries)
    ) { row in
      ids.append((row.text(1) ?? "", try texts.number(ofName: row.bytes(2), in: .vendor)))
    }
    return ids
  }

  /// Batches of which some ids are looked at.
  private static let mostSampled = 16
  /// So many of a large ledger's are chosen from.
  private static let mostSampledOf: Int64 = 4096

  // MARK: Rows

  /// An event that a hash is of.
  private struct Carrier {
    var edge: Int64
    var batch: Int64
    var load: Int64
    var event: Int64
    /// When its minute begins, in milliseconds; 0 of one without a time.
    var time: Int64
    var hash: UInt64
  }

  /// The events that hashes are of, as their edges have them. Which of their deliveries count is asked
  /// when it is known which these are.
  ///
  /// - Parameter order: of the columns of edges, batches, events, minutes, loads and hashes.
  private func carriers(
    of sort: IdentifierBuckets.Sort, _ pairs: [(edge: Int64, hash: UInt64)],
    _ conditions: [String] = [], order: String, most: Int? = nil
  ) throws -> [Carrier] {
    if pairs.isEmpty { return [] }
    let places = pairs.map { "(\($0.edge), \(IdentifierBuckets.bucket(of: $0.hash)))" }
    let own = pairs.map { "(\($0.edge), \($0.hash))" }
    let hashes = Set(pairs.map(\.hash))
    let some =
      hashes.count > ClusterReader.mostNamed
      ? [] : ["(\(hashes.sorted().map { "has(hashes, \($0))" }.joined(separator: " OR ")))"]
    var carriers: [Carrier] = []
    try rows(
      TableQuestion(
        name: "ids",
        columns: [
          .number("edge"), .number("batch"), .number("event"), .number("minute"),
          .number("reinterpretAsInt64(reinterpretAsString(load))"),
          .number("reinterpretAsInt64(reinterpretAsString(hash))"),
        ],
        table: "identifier ARRAY JOIN hashes AS hash, events AS event, minutes AS minute",
        conditions: [
          "sort = \(sort.rawValue)",
          "(edge, bucket) IN (\(Set(places).sorted().joined(separator: ", ")))",
        ] + some + ["(edge, hash) IN (\(own.joined(separator: ", ")))"] + conditions,
        rest: "ORDER BY \(order)" + (most.map { " LIMIT \($0)" } ?? ""), deliveries: .unasked)
    ) { row in
      carriers.append(
        Carrier(
          edge: row.integer(0), batch: row.integer(1), load: row.integer(4),
          event: try row.integer(2, in: AnswerDomain.number),
          time: try row.integer(3, in: AnswerDomain.minute) * Milliseconds.minute,
          hash: UInt64(bitPattern: row.integer(5))))
    }
    let loads = try loads(of: Set(carriers.map { BatchName(edge: $0.edge, batch: $0.batch) }))
    return carriers.filter { loads[BatchName(edge: $0.edge, batch: $0.batch)] == $0.load }
  }

  /// More hashes than these are not looked for one by one before rows are taken apart.
  private static let mostNamed = 8

  private struct BatchName: Hashable {
    var edge: Int64
    var batch: Int64
  }

  /// The deliveries that count, of some batches.
  private func loads(of batches: Set<BatchName>) throws -> [BatchName: Int64] {
    var loads: [BatchName: Int64] = [:]
    let names = batches.map { "(\($0.edge), \($0.batch))" }.sorted()
    for start in stride(from: 0, to: names.count, by: ClusterReader.eventsAtOnce) {
      let some = names[start..<min(start + ClusterReader.eventsAtOnce, names.count)]
      try rows(
        TableQuestion(
          name: "the deliveries of ids",
          columns: [
            .number("edge"), .number("batch"),
            .number(
              "reinterpretAsInt64(reinterpretAsString(assumeNotNull(argMax(load, version))))"),
          ], table: "batch", conditions: ["(edge, batch) IN (\(some.joined(separator: ", ")))"],
          keys: 2, deliveries: .unasked)
      ) { loads[BatchName(edge: $0.integer(0), batch: $0.integer(1))] = $0.integer(2) }
    }
    return loads
  }

  /// The main ids of events, and their times.
  private func ids(
    of events: [(number: Int64, time: Int64)]
  ) throws -> [(number: Int64, time: Int64, id: String)] {
    var ids: [(number: Int64, time: Int64, id: String)] = []
    try rows(
      TableQuestion(
        name: "ids",
        columns: [.number("id"), .optionalNumber("time_ms"), .optionalText("request_id")],
        table: "event", conditions: ClusterReader.conditions(of: events),
        deliveries: ClusterReader.deliveries(of: events))
    ) { row in
      guard let id = row.text(2) else { return }
      ids.append((try row.integer(0, in: AnswerDomain.number), row.integer(1), id))
    }
    return ids
  }
}
