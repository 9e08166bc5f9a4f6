import Files
import Times

/// The time of a text, for tests of what is done with times.
func at(_ text: String, in zone: Zone = .utc) -> Int64 {
  text.withBytes { parseTime($0, zone: zone) } ?? -1
}

/// What `text` is read as, written the way errata writes times.
func reading(_ text: String, in zone: Zone = .utc, near reference: String? = nil) -> String? {
  text.withBytes { parseTime($0, zone: zone, reference: reference.map { at($0) }) }
    .map(formatTime)
}
