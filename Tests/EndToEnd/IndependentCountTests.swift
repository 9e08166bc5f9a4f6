import Foundation
import Testing

/// The demo's log counted without any of errata's code: by looking for a few words in each line.
struct IndependentCountTests {
  /// A response as its line says it.
  struct Response {
    var vendor: String
    /// Nil where there was none.
    var status: Int?
    /// Seconds since the epoch.
    var time: Int
  }

  let sandbox: Sandbox
  let responses: [Response]

  init() throws {
    sandbox = try Sandbox()
    try sandbox.run("errata import -q demo.ndjson.gz")
    let lines = try sandbox.output("zcat demo.ndjson.gz").split(separator: "\n")
    responses = lines.compactMap(Self.response)
    #expect(lines.count == 11203)
    #expect(responses.count == 11200)
  }

  @Test func `each vendor has as many responses of each status as its lines say`() throws {
    var expected: [String: Int] = [:]
    for response in responses {
      expected["\(response.vendor),\(response.status.map(String.init) ?? "")", default: 0] += 1
    }
    let sql = "select vendor, status, sum(responses) from traffic group by 1, 2"
    let lines = try sandbox.output("errata query '\(sql)' --format csv").split(separator: "\n")
    var counted: [String: Int] = [:]
    for line in lines.dropFirst() {
      let comma = try #require(line.lastIndex(of: ","))
      counted[String(line[..<comma])] = Int(line[line.index(after: comma)...])
    }
    #expect(counted == expected)
  }

  @Test(arguments: [
    ("1d", 86400, "UTC", 0), ("1h", 3600, "UTC", 0), ("15m", 900, "UTC", 0), ("7m", 420, "UTC", 0),
    ("1d", 86400, "America/New_York", -18000), ("1d", 86400, "Asia/Kathmandu", 20700),
  ])
  func `every row of rates has what happened in its time`(
    _ every: String, _ seconds: Int, _ zone: String, _ offset: Int
  ) throws {
    let since = 1_794_182_400  // 2026-11-09T00:00:00Z, a Monday
    let line = "errata rates --every \(every) --tz \(zone) --since 2026-11-09 --until 2026-11-12"
    let answer = try sandbox.json("\(line) --format json")
    let rows = try #require(answer["rows"] as? [[String: Any]])
    // A length that does not divide the day starts anew at midnight.
    let rowsADay = (86400 + seconds - 1) / seconds
    #expect(rows.count == 3 * rowsADay)
    for (place, row) in rows.enumerated() {
      let midnight = since - offset + place / rowsADay * 86400
      let start = midnight + place % rowsADay * seconds
      let end = min(start + seconds, midnight + 86400)
      #expect(row["start"] as? String == text(start))
      #expect(row["end"] as? String == text(end))
      let these = responses.filter { $0.time >= start && $0.time < end }
      #expect(row["requests"] as? Int == these.count)
      #expect(row["errors"] as? Int == these.count { $0.isError })
      #expect(row["server_errors"] as? Int == these.count { ($0.status ?? 0) >= 500 })
    }
  }

  @Test func `rates by vendor have what happened to each`() throws {
    let line = "errata rates --every 1d --by vendor --since 2026-11-02 --until 2026-11-16"
    let rows = try #require(try sandbox.json("\(line) --format json")["rows"] as? [[String: Any]])
    #expect(rows.count == 14 * 5)
    for row in rows {
      let these = responses.filter {
        $0.vendor == row["vendor"] as? String && text($0.time).prefix(10) == start(row).prefix(10)
      }
      #expect(row["requests"] as? Int == these.count)
      #expect(row["errors"] as? Int == these.count { $0.isError })
    }
  }

  @Test func `the report's totals are those of its week and of the week before`() throws {
    let report = try sandbox.json("errata report --format json")
    for (key, since) in [("totals", 1_794_182_400), ("before", 1_793_577_600)] {
      let totals = try #require(report[key] as? [String: Any])
      let these = responses.filter { $0.time >= since && $0.time < since + 7 * 86400 }
      #expect(totals["requests"] as? Int == these.count)
      #expect(totals["errors"] as? Int == these.count { $0.isError })
    }
  }

  private func start(_ row: [String: Any]) -> String { row["start"] as? String ?? "" }

  private func text(_ seconds: Int) -> String {
    Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(
      Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// The four gateways of the demo, each by a word that only its lines have.
  private static func response(_ line: Substring) -> Response? {
    if line.hasPrefix(#"{"start_time""#) {
      return Response(
        vendor: "zihin", status: number(after: #""response_code":"#, in: line),
        time: seconds(after: #""start_time":""#, in: line))
    }
    if line.hasPrefix(#"{"time_iso8601""#) {
      return Response(
        vendor: "mimicbot", status: number(after: #""status":""#, in: line),
        time: seconds(after: #""time_iso8601":""#, in: line))
    }
    if line.hasPrefix(#"{"started_at""#) {
      let isZof = line.contains(#""service":{"name":"zof""#)
      return Response(
        vendor: isZof ? "zof" : "zenstep",
        status: number(after: #""response":{"status":"#, in: line),
        time: (number(after: #""started_at":"#, in: line) ?? 0) / 1000)
    }
    guard line.contains(#""req":{"#) else { return nil }
    return Response(
      vendor: "flowestate", status: number(after: #""statusCode":"#, in: line),
      time: (number(after: #""time":"#, in: line) ?? 0) / 1000)
  }

  private static func number(after words: String, in line: Substring) -> Int? {
    guard let found = line.range(of: words) else { return nil }
    return Int(line[found.upperBound...].prefix { $0.isNumber })
  }

  /// All of the demo's times are in UTC.
  private static func seconds(after words: String, in line: Substring) -> Int {
    guard let found = line.range(of: words) else { return 0 }
    let text = line[found.upperBound...].prefix(19) + "Z"
    let date = try? Date(String(text), strategy: .iso8601)
    return Int(date?.timeIntervalSince1970 ?? 0)
  }
}

extension IndependentCountTests.Response {
  var isError: Bool { status.map { $0 >= 400 } ?? true }
}
