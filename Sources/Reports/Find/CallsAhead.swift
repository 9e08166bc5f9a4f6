internal import Batches
internal import Events
internal import Questions
internal import Threads
internal import Times

/// What the consumer of the first event that was found saw around it, read on a thread of its own with a
/// reader of its own: of all that is told this takes longest, and meanwhile the event's line is read
/// back, and such errors are counted.
final class CallsAhead {
  private let opener: @Sendable () throws -> any Archive
  private var reading: (consumer: String, range: TimeRange, calls: Future<[StoredCall]?>)?

  /// More are not held at once: they are read when they are asked for, one after the other.
  private static let most = 50_000
  /// What is longer than that is likely to have more: milliseconds.
  private static let longest = Milliseconds.hour

  private struct TooMany: Error {}

  init(_ opener: @escaping @Sendable () throws -> any Archive) {
    self.opener = opener
  }

  /// Begins to read, unless that was begun before.
  func begin(around event: Event, as far: Surroundings.Reach) {
    guard reading == nil, far.widest <= CallsAhead.longest, let consumer = event.consumer,
      let time = event.time
    else { return }
    let (opener, range) = (opener, far.wide(around: time))
    let calls = Future<[StoredCall]?> {
      var calls: [StoredCall] = []
      do {
        try opener().calls(of: consumer, during: range) { call in
          if calls.count == CallsAhead.most { throw TooMany() }
          calls.append(call)
        }
      } catch is TooMany {
        return nil
      }
      return calls
    }
    reading = (consumer, range, calls)
  }

  /// The calls of a consumer in a range, in order; nil where they were not read, or are too many.
  func calls(of consumer: String, during range: TimeRange) throws -> [StoredCall]? {
    guard let reading, reading.consumer == consumer, reading.range == range else { return nil }
    return try reading.calls.value()
  }
}
