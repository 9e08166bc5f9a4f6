internal import Events
internal import Files
internal import JSON
package import Profiles
internal import Times

/// Whether a profile's samples are read as it says they are.
package struct SampleCheck {
  /// Something that a sample says, and what was read instead.
  package struct Difference: Sendable {
    /// From 1, in the order of the profile.
    package var sample: Int
    /// A field of the event; `event` for the event as a whole, `gateway` for who read the line.
    package var field: String
    package var expected: String
    package var found: String
  }

  package private(set) var samples = 0
  package private(set) var differences: [Difference] = []

  /// Reads the lines of a gateway's profile of the catalog.
  package init(of gateway: GatewayProfile, in catalog: Catalog) throws {
    try check(gateway.samples) { sample in
      guard case .line(let line) = sample.input else { return nil }
      return try SampleCheck.explain(line, catalog)
    } owner: { explanation in
      explanation.gateway == gateway.name ? nil : ("gateway", gateway.name, explanation.gateway)
    }
  }

  /// Reads the responses of a vendor's profile of the catalog.
  package init(of vendor: VendorProfile, in catalog: Catalog) throws {
    try check(vendor.samples) { sample in
      guard case .response(let response) = sample.input else { return nil }
      return try SampleCheck.explain(response.line(from: vendor), catalog)
    } owner: { explanation in
      explanation.vendor == vendor.name || vendor.isGeneric
        ? nil : ("vendor", vendor.name, explanation.vendor ?? SampleCheck.none)
    }
  }

  private static let none = "none"

  private static func explain(_ line: String, _ catalog: Catalog) throws -> Explanation {
    var options = RecordReader.Options()
    // Tags for what is secret differ from time to time.
    options.redacts = false
    return try Explanation(of: line, catalog: catalog, options: options)
  }

  private mutating func check(
    _ samples: [Sample], by explain: (Sample) throws -> Explanation?,
    owner: (Explanation) -> (field: String, expected: String, found: String)?
  ) rethrows {
    for sample in samples {
      guard let explanation = try explain(sample) else { continue }
      self.samples += 1
      let number = self.samples
      func note(_ field: String, _ expected: String, _ found: String) {
        differences.append(
          Difference(sample: number, field: field, expected: expected, found: found))
      }
      guard let expected = sample.event else {
        if explanation.outcome != "skipped" {
          note("event", "no response", SampleCheck.words(explanation.outcome))
        }
        continue
      }
      guard explanation.event != nil else {
        note("event", "a response", SampleCheck.words(explanation.outcome))
        continue
      }
      if let other = owner(explanation) { note(other.field, other.expected, other.found) }
      for other in explanation.differences(from: expected) {
        note(other.field, other.expected, other.found)
      }
    }
  }

  private static func words(_ outcome: String) -> String {
    switch outcome {
    case "event": "an error"
    case "success": "a success"
    case "skipped": "no response"
    case "blank": "a blank line"
    default: "a reject: \(outcome)"
    }
  }
}

extension Sample.Response {
  /// A line of a log in which it stands.
  package func line(from vendor: VendorProfile) -> String {
    var writer = JSONWriter()
    writer.beginObject()
    // What the generic profile reads is nobody's.
    if !vendor.isGeneric {
      writer.key("vendor")
      writer.string(Array(vendor.name.utf8))
    }
    if let path {
      writer.key("path")
      writer.string(Array(path.utf8))
    }
    if let status {
      writer.key("status")
      writer.integer(Int64(status))
    }
    writer.endObject()
    let start = String(decoding: writer.bytes.dropLast(), as: UTF8.self)
    let comma = start == "{" ? "" : ","
    return "\(start)\(comma)\"response\":{\"headers\":\(headers),\"body\":\(body)}}"
  }
}

extension Sample.Value {
  /// For people.
  fileprivate var text: String {
    switch self {
    case .nothing: "none"
    case .text(let text): text
    case .number(let number): Int64(exactly: number).map { String($0) } ?? String(number)
    }
  }

  /// Whether a value is the expected one: times are compared as such, however they are written.
  fileprivate func fits(_ expected: Sample.Value, as field: String) -> Bool {
    if self == expected { return true }
    guard field == EventField.time.rawValue, case .text(let text) = self,
      case .text(let other) = expected
    else { return false }
    let times = [text, other].map { text in text.withBytes { parseTime($0, zone: .utc) } }
    return times[0] != nil && times[0] == times[1]
  }
}

extension Explanation {
  /// Where its event does not say what is expected, for people.
  package func differences(
    from expected: [Sample.Expectation]
  ) -> [(field: String, expected: String, found: String)] {
    expected.compactMap { expectation in
      let found = value(of: expectation.field)
      if found.fits(expectation.value, as: expectation.field) { return nil }
      return (expectation.field, expectation.value.text, found.text)
    }
  }

  /// A field of the event, as answers have it.
  fileprivate func value(of field: String) -> Sample.Value {
    func text(_ text: String?) -> Sample.Value { text.map { .text($0) } ?? .nothing }
    func number(_ number: Double?) -> Sample.Value { number.map { .number($0) } ?? .nothing }
    guard let event else { return .nothing }
    switch EventField(rawValue: field) {
    case .time: return text(event.time.map(formatTime))
    case .vendor: return text(event.vendor)
    case .status: return number(event.status.map(Double.init))
    case .code: return text(event.code)
    case .kind: return .text(outcome == "success" ? Sample.success : event.kind.name)
    case .message: return text(event.message)
    case .requestID: return text(event.requestID)
    case .method: return text(event.method)
    case .route: return text(event.route)
    case .path: return text(event.path)
    case .consumer: return text(event.consumer)
    case .latency: return number(event.latency)
    case .retryAfter: return number(event.retryAfter.map(Double.init))
    case .upstreamStatus: return number(event.upstreamStatus.map(Double.init))
    case .answeredBy: return .text(event.answeredBy.name)
    case .details: return text(event.details)
    case nil: return text(retry?.rawValue)
    }
  }
}
