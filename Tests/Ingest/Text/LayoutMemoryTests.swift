import Batches
import Events
import Files
import JSON
import Profiles
import Testing

@testable import Ingest

/// A reader that remembers what the layouts made of earlier lines reads as one that does not.
@Suite struct LayoutMemoryTests {
  /// Lines of text as gateways write them.
  private static let lines: [String] = ((try? catalog().gateways) ?? []).flatMap { gateway in
    ((try? gateway.samples) ?? []).compactMap { sample in
      if case .line(let line) = sample.input, !line.hasPrefix("{") { line } else { nil }
    }
  }

  @Test(arguments: lines)
  func `lines like a sample are read alike`(sample: String) throws {
    let remembering = TextReader(try catalog(), rules: PathRules(try catalog()), forced: nil)
    let forgetful = TextReader(try catalog(), rules: PathRules(try catalog()), forced: nil)
    forgetful.remembers = false
    var random = SeededDice(state: UInt64(sample.utf8.count))
    for _ in 0..<300 {
      let line = varied(sample, &random)
      #expect(try read(line, by: remembering) == read(line, by: forgetful), "\(line)")
    }
  }

  @Test func `a known shape with another status or time is looked at anew`() throws {
    let reader = TextReader(try catalog(), rules: PathRules(try catalog()), forced: nil)
    let forgetful = TextReader(try catalog(), rules: PathRules(try catalog()), forced: nil)
    forgetful.remembers = false
    func line(_ day: String, _ status: String) -> String {
      #"10.0.0.1 - - [\#(day)/Mar/2026:10:00:00 +0000] "GET /a HTTP/1.1" \#(status) 12 "-" "curl""#
    }
    for (day, status) in [
      ("02", "200"), ("02", "503"), ("02", "503"), ("41", "503"), ("02", "007"), ("02", "99"),
      ("02", "a"), ("02", "200"), ("03", "0"), ("31", "999"), ("00", "200"),
    ] {
      let line = line(day, status)
      #expect(try read(line, by: reader) == read(line, by: forgetful), "\(line)")
    }
  }

  /// The lines have one shape; which layout fits depends on a word.
  @Test func `a word of a layout is looked for in each line of a known shape`() throws {
    let profile = """
      {"name":"words","title":"Words","text":["$time fail $status","$time $note $status"],
       "fields":{"time":["time"],"status":["status"]}}
      """
    let catalog = try Catalog([ProfileFile(name: "words.json", text: Array(profile.utf8))])
    let reader = TextReader(catalog, rules: PathRules(catalog), forced: nil)
    for word in ["okay", "okay", "okay", "fail", "okay", "fail", "fail", "fall", "fail"] {
      let read = try read("2026-11-02T09:00:00Z \(word) 503", by: reader)
      let expected = word == "fail" ? "$time fail $status" : "$time $note $status"
      #expect(read?.hasPrefix(expected) == true, "\(word): \(read ?? "nothing")")
    }
  }

  /// The layout, the gateway and the values, as JSON.
  private func read(_ line: String, by reader: TextReader) throws -> String? {
    try line.withBytes { bytes -> Result<String?, any Error> in
      Result {
        guard let record = reader.read(bytes) else { return nil }
        var writer = JSONWriter()
        let parser = JSONParser()
        writer.value(try record.value ?? parser.parse(record.object))
        let values = String(decoding: writer.bytes, as: UTF8.self)
        return "\(reader.layout?.pattern ?? "") \(record.gateway ?? -1) \(values)"
      }
    }.get()
  }
}
