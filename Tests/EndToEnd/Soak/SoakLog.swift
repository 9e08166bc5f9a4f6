import Foundation

/// A log made up at random, always the same for a seed: errors and successes of several vendors,
/// among them rejects, blanks, undated lines, arrays of records, and lines that stand there twice.
struct SoakLog {
  private(set) var lines: [[UInt8]] = []

  init(lines count: Int, seed: UInt64) {
    var random = SplitMix(state: seed)
    lines.reserveCapacity(count)
    for place in 0..<count {
      // Two minutes are four lines; the time goes on through the log, from 2025 on: all of it is past.
      let time = 1_735_689_600_000 + Int64(place) * 30_000 + Int64(random.next() % 30_000)
      switch random.next() % 100 {
      case 0: lines.append(Array("{\"time\":\(time),\"status\":50\n".utf8))
      case 1: lines.append([0x0A])
      case 2: lines.append(Array("{\"time\":\(time),\"level\":\"info\",\"msg\":\"ready\"}\n".utf8))
      case 3 where place > 0: lines.append(lines[place - 1])
      case 4:
        let records = (0..<3).map { _ in SoakLog.record(at: time, &random) }
        lines.append(Array("[\(records.joined(separator: ","))]\n".utf8))
      case 5: lines.append(Array("\(SoakLog.record(at: nil, &random))\n".utf8))
      default: lines.append(Array("\(SoakLog.record(at: time, &random))\n".utf8))
      }
    }
  }

  private static let answers: [(host: String, status: Int, body: String)] = [
    ("api.zof.ai", 200, #"{"ok":true}"#),
    ("api.zof.ai", 429, #"{"error":{"code":"rate_limited","message":"Rate limit exceeded"}}"#),
    ("api.zof.ai", 401, #"{"error":{"code":"unauthorized","message":"Invalid API key"}}"#),
    (
      "api.zihin.ai", 502, #"{"error":"provider_error","message":"LLM provider returned an error"}"#
    ),
    ("api.zihin.ai", 200, #"{"status":"ok"}"#),
    ("api.flowestate.app", 400, #"{"error":{"message":"Bad request","code":"BAD_REQUEST"}}"#),
    ("api.mimicbot.com", 503, #"{"error":{"code":"UPSTREAM_UNAVAILABLE","message":"Try again"}}"#),
    ("api.example.com", 500, #"{"message":"it broke"}"#),
  ]

  /// A response; without a time it is undated.
  private static func record(at time: Int64?, _ random: inout SplitMix) -> String {
    let answer = answers[Int(random.next() % UInt64(answers.count))]
    let bits = random.next()
    return (time.map { "{\"time\":\($0)," } ?? "{") + "\"host\":\"\(answer.host)\",\"method\":"
      + "\"POST\",\"path\":\"/v1/runs/\(bits % 1000)\",\"status\":\(answer.status),\"latency_ms\":"
      + "\(bits % 5000),\"consumer\":\"key_\(bits % 37)\",\"request_id\":\"req_\(bits)\","
      + "\"trace_id\":\"\(random.next())\",\"body\":\(answer.body)}"
  }

  var bytes: Data { lines.reduce(into: Data()) { $0.append(contentsOf: $1) } }
}
