import Answers
import Events
import Files
import Foundation
import Ingest
import Profiles
import Reports
import Testing
import Times

/// Whether a request was a part of an incident is told as the incidents of its week are.
struct FindIncidentTests {
  @Test(arguments: ["dropout", "outage20h", "noresp", "revoked-key-3h", "storm30h"])
  func `an event's incident is one of its week, and what is in none has none`(_ name: String)
    throws
  {
    let log = try log(name)
    let weeks = try ["2026-W44", "2026-W45", "2026-W46"].map { try ISOWeek($0).range(in: .utc) }
    var asked = 0
    for week in weeks {
      let question = try Question(log.archive, since: week.since, until: week.until)
      let incidents = try question.incidents().value["incidents"]?.elements ?? []
      let events = try question.newestEvents(100_000).events
      for event in stride(from: 0, to: events.count, by: max(1, events.count / 12)) {
        guard let id = events[event].requestID else { continue }
        let time = events[event].time ?? 0
        let found = try log.find(id).answer.value["events"]?.elements.first?["incident"]
        let around = incidents.filter { incident in
          (incident["start"]?.time ?? 0) <= time && time < incident["end"]?.time ?? 0
            && (incident["vendors"]?.elements ?? []).contains { $0.text == events[event].vendor }
        }
        asked += 1
        if let own = found?["id"]?.text {
          #expect(around.contains { $0["id"]?.text == own }, "\(id)")
          let whole = around.first { $0["id"]?.text == own }
          #expect(whole?["failures"] == found?["failures"])
          #expect((found?["consumers"]?.integer ?? 0) >= 0)
        } else {
          // A failure of another sort than the incident's is none of it.
          #expect(
            around.allSatisfy { !isOf($0, status: events[event].status) }, "\(id) at \(time)")
        }
      }
    }
    #expect(asked > 10)
  }

  /// Twelve days with three failures an hour, and one more or forty more.
  @Test(arguments: [0, 2, 6, 11], [1, 40])
  func `a week is searched only where more failed than on the other days`(day: Int64, more: Int)
    throws
  {
    let start = try at("2026-11-02")
    let noon = start + day * 86_400_000 + 43_260_000
    let usual = stride(from: start, to: start + 12 * 86_400_000, by: 1_200_000)
    let times = (0..<more).map { noon + Int64($0) * 60_000 } + usual
    let log = try ImportedLog(
      times.enumerated().map { place, time in
        line(formatTime(time), "zof", 500, id: "request-\(100_000 + place)")
      })
    let catalog = try Catalog()
    var finder = Finder(
      log.archive, catalog: { catalog }, zone: .utc,
      hash: { id, seed in id.withBytes { identifierHash($0, seed: seed) } },
      line: LineRecall(catalog, seed: log.seed).search)
    var searched: [String] = []
    finder.memory = FindMemory { name, _, find in
      if name.hasPrefix("incidents") { searched.append(name) }
      return try find()
    }
    #expect(try !finder.answer(["request-100000"]).isEmpty)
    #expect(searched.isEmpty == (more == 1))
  }

  /// A log of which it is known what is in it, with an id in each line.
  private func log(_ name: String) throws -> ImportedLog {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/incidents/\(name).ndjson.gz")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "zcat < \"$0\"", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return try ImportedLog(
      text.split(separator: "\n").enumerated().map { place, line in
        "{\"request_id\":\"request-\(100_000 + place)\",\(line.dropFirst())"
      })
  }

  /// Whether an incident is surely made of errors of a status.
  private func isOf(_ incident: Value, status: Int?) -> Bool {
    switch incident["what"]?.text {
    case "outage": status == nil || status ?? 0 >= 500
    case "rejections": status == 429
    case "credentials": status == 401
    default: status ?? 0 >= 500 && incident["server_errors"]?.integer ?? 0 > 0
    }
  }
}
