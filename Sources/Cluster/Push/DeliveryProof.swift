internal import Files
internal import Batches
internal import Questions
internal import Times

/// What a delivery must have come to, as the ledger says it: servers can count it again.
struct DeliveryProof: Equatable {
  var events: Int64 = 0
  /// Over all events, of the number, the time and the place of each.
  var eventSum: UInt64 = 0
  var undated: Int64 = 0
  /// Responses that are successes, by quarters of an hour and without a time.
  var successes: Int64 = 0
  /// Those that have their minute.
  var minuteSuccesses: Int64 = 0
  var identifiers: Int64 = 0
  var quotas: Int64 = 0
  var rejects: Int64 = 0
  /// A hash of all that is sent.
  var content: UInt64 = 0

  mutating func add(_ event: BatchEvent, number: Int64) {
    events += 1
    if event.time == nil { undated += 1 }
    let place = (event.time ?? -1) &+ event.offset &* 31 &+ event.length
    eventSum &+= mixed(UInt64(bitPattern: number) ^ mixed(UInt64(bitPattern: place)))
  }

  /// The same sum, as a server makes it.
  static let eventSumSQL = """
    sum(intHash64(bitXor(toUInt64(id), \
    intHash64(toUInt64(ifNull(time_ms, -1) + offset * 31 + length)))))
    """

  mutating func add(_ added: BatchSuccesses) {
    if added.stretch == .minute {
      minuteSuccesses = minuteSuccesses.addingClamped(added.count)
    } else {
      successes = successes.addingClamped(added.count)
    }
  }
}
