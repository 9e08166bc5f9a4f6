internal import Files
internal import JSON
internal import Profiles
internal import Times

// When a record happened.
extension EventBuilder {
  /// By the names that are known, else by whatever reads as a time; `outer` is the time of what the
  /// record was wrapped in.
  func recordTime(_ record: JSONValue, outer: Int64?) -> Int64? {
    func read(_ value: JSONValue) -> Int64? { times.time(of: value).flatMap(times.past) }
    let known = fields.first(.time) { candidate in
      guard let text = scalar(candidate.value).string else { return read(candidate.value) }
      return (isDateAlone(text) ? joined(text) : nil) ?? times.time(of: text).flatMap(times.past)
    }
    return known ?? fields.searchTime(in: record, isLast: outer == nil, read) ?? outer
  }

  /// The time of a date and of the clock that stands in a member of its own.
  private func joined(_ date: Bytes) -> Int64? {
    for candidate in fields.candidates(.time) {
      guard let clock = scalar(candidate.value).string, clock.count <= 24, clock.count >= 5,
        clock[2] == UInt8(ascii: ":"), clock.contains(where: { $0 == UInt8(ascii: ":") })
      else { continue }
      let text = Array(date) + [0x20] + Array(clock)
      if let time = text.withUnsafeBufferPointer({ times.time(of: $0) }).flatMap(times.past) {
        return time
      }
    }
    return nil
  }
}

/// Whether a value is a date without a clock.
@inline(__always)
func isDateAlone(_ value: JSONValue) -> Bool { scalar(value).string.map(isDateAlone) ?? false }

@inline(__always)
func isDateAlone(_ text: Bytes) -> Bool {
  guard text.count >= 8, text.count <= 11 else { return false }
  return text[4] == UInt8(ascii: "-") || text[4] == UInt8(ascii: "/")
    || text[2] == UInt8(ascii: "/")
}
