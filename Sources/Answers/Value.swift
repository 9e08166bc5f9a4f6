/// A piece of an answer as data: all that JSON can say, and times.
package enum Value: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  /// Milliseconds since the epoch, UTC.
  case time(Int64)
  /// JSON text that is known to be valid, such as an event's details.
  case json(String)
  case array([Value])
  case object(Object)
}

// What may be absent becomes null.
extension Value {
  package init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  package init(_ truth: Bool?) { self = truth.map { .bool($0) } ?? .null }
  package init(_ integer: Int?) { self = integer.map { .integer(Int64($0)) } ?? .null }
  package init(_ integer: Int64?) { self = integer.map { .integer($0) } ?? .null }
  package init(_ number: Double?) { self = number.map { .number($0) } ?? .null }
  /// A time in milliseconds since the epoch, UTC.
  package init(time: Int64?) { self = time.map { .time($0) } ?? .null }
  /// JSON text that is known to be valid.
  package init(json: String?) { self = json.map { .json($0) } ?? .null }
}

extension Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral truth: Bool) { self = .bool(truth) }
  package init(integerLiteral integer: Int64) { self = .integer(integer) }
  package init(floatLiteral number: Double) { self = .number(number) }
  package init(stringLiteral text: String) { self = .text(text) }
  package init(arrayLiteral elements: Value...) { self = .array(elements) }
  package init(dictionaryLiteral members: (String, Value)...) { self = .object(Object(members)) }
}
