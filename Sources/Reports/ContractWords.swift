internal import Analysis
package import Answers
package import Events

// The words that stand in JSON for what the vocabulary tells apart.
extension Kind: Datum {
  package static var shape: Shape { .word(allCases.map(\.name)) }
  package var value: Value { .text(name) }
}

extension AnsweredBy: Datum {
  package static var shape: Shape { .word(allCases.map(\.name)) }
  package var value: Value { .text(name) }
}

extension Blame: Keyword {}
extension RetryAdvice: Keyword {}
extension RetryAfterVerdict: Keyword {}
extension Spike.Shape: Keyword {}
extension Change.Direction: Keyword {}
extension Exposure.Unit: Keyword {}
extension Trouble: Keyword {}
extension Cycle: Keyword {}
extension RuleOutcome.State: Keyword {}

extension ResponseField {
  /// What stands under its name in a row that is about it.
  var shape: Shape {
    switch self {
    case .status: .nullable(.integer)
    case .kind: .nullable(Kind.shape)
    case .answeredBy: .nullable(AnsweredBy.shape)
    case .vendor, .code, .route, .consumer, .gateway: .nullable(.text)
    }
  }

  var meaning: String {
    switch self {
    case .vendor: "whose API answered"
    case .status: "the HTTP status; null where there was no response"
    case .code: "the vendor's code"
    case .kind: "what sort of error it is"
    case .route: "the template of the path"
    case .consumer: "who made the request"
    case .gateway: "whose way of writing lines the line was read by"
    case .answeredBy: "who made the response"
    }
  }
}
