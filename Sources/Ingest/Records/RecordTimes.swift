internal import Files
internal import JSON
internal import Times

/// What times of records mean, and which are none to go by: those that are more than a day ahead.
final class RecordTimes {
  let zone: Zone
  private let now: @Sendable () -> Int64
  /// Later times are no times: clocks differ and zones are mistaken, but by a day at most.
  private var latest = Int64.max
  /// A time near those of the log, for times without a year.
  private var reference: Int64?
  private let memory = TimeMemory()
  /// A time of the record read last that is later than that.
  private(set) var ahead: Int64?
  /// How many of the batch's events have such a time and no other.
  private(set) var eventsAhead: Int64 = 0

  init(zone: Zone, now: @escaping @Sendable () -> Int64) {
    self.zone = zone
    self.now = now
  }

  func beginBatch() {
    let now = now()
    latest = now.addingClamped(Milliseconds.day)
    reference = now == .max ? nil : now
    eventsAhead = 0
    memory.forget()
  }

  func beginRecord() { ahead = nil }

  /// Counts an event of the record that has no time.
  func countUndated() { if ahead != nil { eventsAhead += 1 } }

  /// The time, unless it lies in the future.
  func past(_ time: Int64) -> Int64? {
    if time <= latest { return time }
    ahead = time
    return nil
  }

  func time(of value: JSONValue) -> Int64? {
    if let text = scalar(value).string { return time(of: text) }
    return parseTime(value, zone: zone, reference: reference)
  }

  func time(of text: Bytes) -> Int64? {
    memory.time(text) { parseTime($0, zone: zone, reference: reference) }
  }

  /// Milliseconds since the epoch, of a time that stands around a record.
  func outerTime(_ text: Bytes) -> Int64? {
    parseTime(text, zone: zone, reference: reference).flatMap(past)
  }
}
