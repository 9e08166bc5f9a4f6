import Batches
import Events
import Questions

/// A store that is a list, which a test can change as it likes.
final class ListedStore: BatchSource {
  struct Item {
    var batch: StoredBatch
    var events: [(time: Int64?, message: String, id: String?)]
    var successes: Int64 = 0
  }

  var seed: UInt64
  var items: [Item] = []
  var lostLogs: [StoredGap] = []
  /// How often texts are said to be stale before they are handed over.
  var staleTimes = 0
  private(set) var handedOver = 0

  init(seed: UInt64 = 1) { self.seed = seed }

  /// Adds a batch of events, a second apart.
  func add(_ messages: String..., successes: Int64 = 0, at start: Int64 = 1_700_000_000_000) {
    var batch = StoredBatch()
    batch.number = Int64(items.count) + 1
    batch.source = 1
    batch.path = "/var/log/a.log"
    batch.offset = items.last.map { $0.batch.offset + $0.batch.length } ?? 0
    batch.length = 1000
    batch.firstEvent = items.last.map { $0.batch.firstEvent + $0.batch.tally.events } ?? 1
    batch.tally.events = Int64(messages.count)
    batch.tally.successes = successes
    batch.tally.lines = batch.tally.events + successes
    batch.digest = Int64(messages.count) * 17
    items.append(
      Item(
        batch: batch,
        events: messages.enumerated().map { (start + Int64($0) * 1000, $1, "req_\($1)_12345678") },
        successes: successes))
  }

  func batches(after number: Int64, limit: Int) -> [StoredBatch] {
    Array(items.map(\.batch).filter { $0.number > number }.prefix(limit))
  }

  func gaps() -> [StoredGap] { lostLogs }

  func contents(of number: Int64, to sink: any BatchSink) throws -> StoredBatch? {
    if staleTimes > 0 {
      staleTimes -= 1
      throw StaleTexts()
    }
    handedOver += 1
    guard let item = items.first(where: { $0.batch.number == number }) else { return nil }
    for (place, event) in item.events.enumerated() {
      var own = BatchEvent()
      own.number = item.batch.firstEvent + Int64(place)
      own.time = event.time
      own.status = 500
      own.kind = .server
      own.offset = item.batch.offset + Int64(place) * 10
      own.length = 9
      try Array("zof".utf8).withUnsafeBufferPointer { vendor in
        try Array(event.message.utf8).withUnsafeBufferPointer { message in
          try Array((event.id ?? "").utf8).withUnsafeBufferPointer { id in
            (own.vendor, own.message) = (vendor, message)
            if event.id != nil { own.requestID = id }
            try sink.add(own)
          }
        }
      }
    }
    if item.successes > 0, let start = item.events.first?.time {
      for (stretch, length) in [(BatchSuccesses.Stretch.minute, 60_000), (.quarter, 900_000)] {
        try sink.add(
          BatchSuccesses(
            stretch, start: start / Int64(length) * Int64(length), vendor: "zof", gateway: nil,
            status: stretch == .minute ? 0 : 200, count: item.successes))
      }
    }
    for place in item.events.indices {
      try sink.add(
        identifier: UInt64(item.batch.firstEvent) * 1000 + UInt64(place),
        of: item.batch.firstEvent + Int64(place))
    }
    return item.batch
  }
}
