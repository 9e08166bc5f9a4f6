import Events
import Files
import Ingest
import Testing

@testable import Profiles

/// The responses that vendors' profiles have as samples: those that their documentation tells of.
@Suite struct VendorSampleTests {
  struct Answer: Sendable, CustomTestStringConvertible {
    var vendor: String
    /// From 1, in the order of the profile.
    var number: Int
    var sample: Sample

    var testDescription: String { "\(vendor) \(number)" }
  }

  static let answers = ((try? catalog().vendors) ?? []).flatMap { vendor in
    ((try? vendor.samples) ?? []).enumerated().map { place, sample in
      Answer(vendor: vendor.name, number: place + 1, sample: sample)
    }
  }

  /// How a line says whose response it holds, or in what form the body stands in it.
  enum Way: CaseIterable, Sendable {
    case field, host, url, option, text, textInText
  }

  @Test(arguments: Way.allCases, answers)
  func `a sample is read however its line names the vendor`(way: Way, answer: Answer) throws {
    let vendor = try #require(try catalog().vendor(named: answer.vendor))
    guard case .response(let response) = answer.sample.input, let expected = answer.sample.event
    else { return }
    let host = vendor.hosts.first.map { $0.hasPrefix("*.") ? String($0.dropFirst(2)) : $0 }
    let path = response.path ?? "/v1/things"
    var body = response.body
    if way == .text || way == .textInText { body = quoted(body) }
    if way == .textInText { body = quoted(body) }
    let name =
      switch way {
      case .field, .text, .textInText: #""vendor":"\#(vendor.name)","path":"\#(path)""#
      case .host: #""host":"\#(host?.uppercased() ?? vendor.name):443","path":"\#(path)""#
      case .url: #""url":"https://\#(host.map { "api." + $0 } ?? vendor.name)\#(path)?x=1""#
      case .option: #""path":"\#(path)""#
      }
    let status = response.status.map { ",\"status\":\($0)" } ?? ""
    let alias = (vendor.aliases.first ?? vendor.name).uppercased()
    let explanation = try explain(
      #"{"time":"2026-11-20T10:00:00Z",\#(name)\#(status),"#
        + #""response":{"headers":\#(response.headers),"body":\#(body)}}"#,
      vendor: way == .option ? alias : nil)
    #expect(explanation.event?.vendor == vendor.name)
    #expect(explanation.event?.status == response.status)
    #expect(explanation.event?.path == path)
    for other in explanation.differences(from: expected + Self.nothingElse(than: expected)) {
      Issue.record("\(other.field) should be \(other.expected), is \(other.found)")
    }
  }

  /// That what a sample does not name is not read out of the response either.
  private static func nothingElse(than expected: [Sample.Expectation]) -> [Sample.Expectation] {
    let read: [EventField] = [.code, .message, .requestID, .retryAfter, .details]
    return read.map(\.rawValue)
      .filter { field in !expected.contains { $0.field == field } }
      .map { Sample.Expectation(field: $0, value: .nothing) }
  }
}

/// What the vendor's profile advises for an event.
func retryAdvice(_ event: Event) throws -> RetryAdvice {
  let catalog = try catalog()
  let profile = event.vendor.flatMap(catalog.vendor(named:))
  let rule = (event.code ?? "").withBytes { code in
    (event.message ?? "").withBytes { message in
      catalog.rule(
        vendor: profile,
        for: ErrorFacts(
          status: event.status ?? 0, code: event.code == nil ? nil : code,
          message: event.message == nil ? nil : message,
          hasIssues: event.details?.contains("\"issues\"") == true))
    }
  }
  return rule?.retry ?? event.kind.advice
}
