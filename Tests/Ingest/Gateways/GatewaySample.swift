import Events
import Foundation
import Ingest
import Testing
import Times

/// A line of a gateway's log, and what it says.
struct GatewaySample: Sendable, CustomTestStringConvertible {
  /// A file of Fixtures/gateways, beside which a text says where it is from.
  var file: String
  /// Counted from 0.
  var line: Int
  var time: String?
  var status: Int
  var method: String?
  var path: String?
  /// Milliseconds.
  var latency: Double?
  var requestID: String?

  init(
    _ file: String, _ line: Int, _ time: String?, _ status: Int, _ method: String?,
    _ path: String?, _ latency: Double?, _ requestID: String?
  ) {
    self.file = file
    self.line = line
    self.time = time
    self.status = status
    self.method = method
    self.path = path
    self.latency = latency
    self.requestID = requestID
  }

  var testDescription: String { "\(file) \(line)" }
}

/// Reads a sample's line. Successes are counted and not kept: such a line is read a second time as
/// if its status were 599.
func check(_ sample: GatewaySample, gateway: String, success: String? = nil) throws {
  var line = try fixtureLines("gateways/\(sample.file).ndjson")[sample.line]
  var status = sample.status
  if let success {
    let explanation = try explain(line)
    #expect(explanation.outcome == "success")
    #expect(explanation.gateway == gateway)
    let failed = success.replacingOccurrences(of: "\(status)", with: "599")
    #expect(line.contains(success))
    line = line.replacingOccurrences(of: success, with: failed)
    status = 599
  }
  let explanation = try explain(line)
  let event = try #require(explanation.event, "\(explanation.outcome)")
  #expect(explanation.gateway == gateway)
  #expect(event.time.map(formatTime) == sample.time)
  #expect(event.status == status)
  #expect(event.method == sample.method)
  #expect(event.path == sample.path)
  #expect(event.latency == sample.latency)
  #expect(event.requestID == sample.requestID)
  if let id = sample.requestID { #expect(explanation.identifiers.contains(id)) }
}
