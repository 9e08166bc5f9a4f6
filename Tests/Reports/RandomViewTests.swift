import Files
import Store
import Testing
import Times

/// Whatever the log, the public views are its lines, counted one by one.
@Suite struct RandomViewTests {
  @Test(arguments: RandomLogTests.seeds)
  func `traffic and minutes are the lines, counted`(seed: UInt64) throws {
    let random = try RandomLog(seed: seed)
    let log = try ImportedLog(random.lines)
    var traffic: [String: Int64] = [:]
    try log.reader.rows("SELECT time_ms, vendor, status, code, responses FROM traffic") { row in
      let time = try row.optional(0, .time).map(formatTime) ?? "-"
      let status = try row.integer(2, .status)
      let key = "\(time) \(row.text(1) ?? "-") \(status) \(row.text(3) ?? "-")"
      traffic[key, default: 0] += try row.integer(4, .count)
    }
    var minutes: [String: Int64] = [:]
    try log.reader.rows("SELECT time_ms, vendor, successes, errors FROM minutes") { row in
      let start = "\(formatTime(try row.integer(0, .time))) \(row.text(1) ?? "-")"
      for (column, name) in [(2, "true"), (3, "false")] {
        let count = try row.integer(column, .count)
        if count > 0 { minutes["\(start) \(name)"] = count }
      }
    }
    func start(_ time: Int64?, _ unit: Int64) -> String {
      time.map { formatTime($0 - $0 % unit) } ?? "-"
    }
    let expectedTraffic = random.responses.map {
      "\(start($0.time, 900_000)) \($0.vendor ?? "-") \($0.status) \($0.code ?? "-")"
    }
    let expectedMinutes = random.responses.filter { $0.time != nil }.map {
      "\(start($0.time, 60_000)) \($0.vendor ?? "-") \($0.status < 400)"
    }
    #expect(traffic == Dictionary(expectedTraffic.map { ($0, 1) }, uniquingKeysWith: +))
    #expect(minutes == Dictionary(expectedMinutes.map { ($0, 1) }, uniquingKeysWith: +))
    #expect(try Verification(log.store).problems == [])
  }
}
