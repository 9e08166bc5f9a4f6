import Files
import JSON
import Testing

@testable import Ingest

/// Where a body is ruled out to tell of a failure by its names alone, no values of the same sort make it one.
@Suite struct SilentBodyTests {
  @Test func `what is ruled out never fails`() throws {
    let names = [
      "status", "statusCode", "size", "headers", "code", "message", "error", "ok", "data", "result",
      "status_code", "response", "head", "meta", "sign", "total", "id", "type", "text", "errors",
      "fault",
      "respcode", "bytes", "url", "request_id", "answer", "list", "httpStatus", "state", "reason",
    ]
    let texts = ["", "error", "fail", "declined", "INVALID_KEY", "not found", "200", "ok", "x"]
    var random = SeededDice(state: 7)
    var ruledOut = 0
    for _ in 0..<15_000 {
      let status = Int.random(in: 200..<300, using: &random)
      func value(_ depth: Int) -> String {
        switch Int.random(in: 0..<(depth > 1 ? 4 : 7), using: &random) {
        case 0: "\(Int.random(in: -2..<600, using: &random))"
        case 1, 2: "\"\(texts.randomElement(using: &random) ?? "")\""
        case 3: ["true", "false", "null"].randomElement(using: &random) ?? "null"
        case 4, 5: object(depth + 1)
        default: "[\(value(depth + 1))]"
        }
      }
      func object(_ depth: Int) -> String {
        let members = (0..<Int.random(in: 0..<4, using: &random)).map { _ in
          let name = names.randomElement(using: &random) ?? "x"
          return
            "\"\(name)\":\(depth == 0 && name.hasPrefix("status") ? "\(status)" : value(depth))"
        }
        return "{\(members.joined(separator: ","))}"
      }
      let text = object(0)
      try Array(text.utf8).withUnsafeBufferPointer { bytes in
        try JSONParser.read(bytes) { body in
          guard Failure.isRuledOut(in: body, beside: body["status"] ?? body) else { return }
          ruledOut += 1
          #expect(Failure(in: body) == nil, "\(text)")
          #expect(BatchAnswer(body).failed.isEmpty, "\(text)")
        }
      }
    }
    #expect(ruledOut > 100)
  }

  @Test func `a gateway's word for the response is ruled out, a body is not`() throws {
    func isRuledOut(_ text: String) throws -> Bool {
      try Array(text.utf8).withUnsafeBufferPointer { bytes in
        try JSONParser.read(bytes) { body in
          Failure.isRuledOut(in: body, beside: body["status"] ?? body)
        }
      }
    }
    #expect(try isRuledOut(#"{"size":7,"headers":{"via":"kong"},"status":200}"#))
    #expect(try isRuledOut(#"{"headers":{"via":"kong"},"status":200}"#))
    #expect(try !isRuledOut(#"{"headers":{"via":"kong"}}"#))
    #expect(try !isRuledOut(#"{"size":7,"status":200,"ok":true}"#))
    #expect(try !isRuledOut(#"{"size":7,"status":"200","message":"ok"}"#))
    #expect(try !isRuledOut(#"{"size":7,"errors":[],"status":200}"#))
  }
}
