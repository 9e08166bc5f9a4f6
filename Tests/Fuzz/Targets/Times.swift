import Files
import Times

private let zones = ["UTC", "Europe/Berlin", "Australia/Lord_Howe"].compactMap {
  try? Zone(named: $0)
}

/// Times of logs, and those of the command line.
func fuzzTimes(_ input: UnsafeBufferPointer<UInt8>) {
  let text = String(decoding: input, as: UTF8.self)
  for zone in zones {
    for reference in [nil, 1_795_132_804_908, .max, .min] as [Int64?] {
      guard let time = parseTime(input, zone: zone, reference: reference) else { continue }
      require((631_152_000_000..<4_102_444_800_000).contains(time), "a time is one of a log's")
      let again = formatTime(time).withBytes { parseTime($0, zone: zone) }
      require(again == time, "a time that is written reads the same")
    }
    if let moment = try? parseMoment(text, now: 1_795_132_804_908, zone: zone) {
      _ = formatTime(moment)
    }
  }
  _ = try? Every(text)
  _ = try? ISOWeek(text)
  _ = try? Zone(named: text)
  if input.count == 8 {
    let number = input.reduce(0) { $0 << 8 | Int64($1) }
    _ = parseTime(integer: number)
    _ = parseTime(number: Double(bitPattern: UInt64(bitPattern: number)))
    _ = formatTime(number)
  }
}
