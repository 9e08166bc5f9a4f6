import Events
import Foundation
import Ingest
import Profiles
import Testing
import Times

private let embedded = Result { try Catalog() }

/// The profiles in the binary, read once.
func catalog() throws -> Catalog { try embedded.get() }

/// What errata makes of one line; line ends in `line` are there for the reader of a test.
func explain(
  _ line: String, vendor: String? = nil, gateway: String? = nil, zone: Zone = .utc
) throws -> Explanation {
  var options = RecordReader.Options()
  options.vendor = vendor
  options.gateway = gateway
  options.zone = zone
  return try Explanation(
    of: line.replacingOccurrences(of: "\n", with: " "), catalog: catalog(), options: options)
}

/// The event that a line is.
func event(_ line: String, vendor: String? = nil, gateway: String? = nil) throws -> Event {
  let explanation = try explain(line, vendor: vendor, gateway: gateway)
  return try #require(explanation.event, "\(explanation.outcome): \(line)")
}

/// A text as a JSON string.
func quoted(_ text: String) -> String {
  let escaped = text.replacingOccurrences(of: "\\", with: "\\\\")
    .replacingOccurrences(of: "\"", with: "\\\"")
    .replacingOccurrences(of: "\n", with: "\\n")
  return "\"\(escaped)\""
}

/// A file of Tests/Fixtures.
func fixture(_ name: String) throws -> String {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  return try String(contentsOf: tests.appending(path: "Fixtures/\(name)"), encoding: .utf8)
}

/// Its lines.
func fixtureLines(_ name: String) throws -> [String] {
  try fixture(name).split(separator: "\n").map(String.init)
}
