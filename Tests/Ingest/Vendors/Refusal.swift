import Events
import Files
import Profiles
import Testing

/// One documented way to say no, and how it is to be read.
struct Refusal: Sendable, CustomTestStringConvertible {
  var status: Int
  var body: String
  var code: String?
  var message: String?
  var kind: Kind
  var retry: RetryAdvice
  var requestID: String?
  /// Milliseconds.
  var retryAfter: Int64?
  var details: String?
  var headers = "{}"
  var path = "/v1/things"

  var testDescription: String { "\(status) \(code ?? message ?? "")" }
}

/// A vendor by its names.
struct Known: Sendable {
  var slug: String
  var alias: String
  var host: String

  static let zenstep = Known(slug: "zenstep", alias: "GetZenstep", host: "api.getzenstep.com")
  static let mimicbot = Known(slug: "mimicbot", alias: "Mimic-Bot", host: "MimicBot.app")
  static let zihin = Known(slug: "zihin", alias: "Zihin.ai", host: "api.zihin.ai")
  static let flowestate = Known(
    slug: "flowestate", alias: "Flow-Estate", host: "api.flowestate.app")
  static let zof = Known(slug: "zof", alias: "Zof AI", host: "zof.ai")
}

/// How a line says whose response it holds, or in what form the body stands in it.
enum Way: CaseIterable, Sendable {
  case field, host, url, option, text, textInText
}

/// Reads a refusal and compares all that the vendor's table says of it.
func check(_ refusal: Refusal, of vendor: Known, by way: Way) throws {
  var body = refusal.body
  if way == .text || way == .textInText { body = quoted(body) }
  if way == .textInText { body = quoted(body) }
  let name =
    switch way {
    case .field, .text, .textInText: #""vendor":"\#(vendor.slug)","path":"\#(refusal.path)""#
    case .host: #""host":"\#(vendor.host):443","path":"\#(refusal.path)""#
    case .url: #""url":"https://\#(vendor.host)\#(refusal.path)?x=1""#
    case .option: #""path":"\#(refusal.path)""#
    }
  let line = """
    {"time":"2026-11-20T10:00:00Z",\(name),"status":\(refusal.status),
    "response":{"headers":\(refusal.headers),"body":\(body)}}
    """
  let event = try event(line, vendor: way == .option ? vendor.alias : nil)
  #expect(event.vendor == vendor.slug)
  #expect(event.status == refusal.status)
  #expect(event.code == refusal.code)
  #expect(event.message == refusal.message)
  #expect(event.kind == refusal.kind)
  #expect(event.requestID == refusal.requestID)
  #expect(event.retryAfter == refusal.retryAfter)
  #expect(event.details == refusal.details)
  #expect(event.path == refusal.path)
  #expect(try retryAdvice(event) == refusal.retry)
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
