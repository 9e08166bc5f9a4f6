/// A piece of an answer that knows what it is in JSON.
package protocol Datum: SendableMetatype {
  static var shape: Shape { get }
  var value: Value { get }
}

/// A word of a fixed list.
package protocol Keyword: Datum, RawRepresentable<String>, CaseIterable {}

extension Keyword {
  package static var shape: Shape { .word(allCases.map { $0.rawValue }) }
  package var value: Value { .text(rawValue) }
}

/// An object, or a row of one, that says of each of its fields what it is.
package protocol Described: Datum {
  static var fields: Fields<Self> { get }
}

extension Described {
  package static var shape: Shape { .object(fields.members) }
  package var value: Value { .object(object) }
  package var object: Object { Self.fields.object(of: self) }
}

extension Bool: Datum {
  package static var shape: Shape { .flag }
  package var value: Value { .bool(self) }
}

extension Int: Datum {
  package static var shape: Shape { .integer }
  package var value: Value { .integer(Int64(self)) }
}

extension Int64: Datum {
  package static var shape: Shape { .integer }
  package var value: Value { .integer(self) }
}

extension Double: Datum {
  package static var shape: Shape { .number }
  package var value: Value { .number(self) }
}

extension String: Datum {
  package static var shape: Shape { .text }
  package var value: Value { .text(self) }
}

extension Value: Datum {
  package static var shape: Shape { .anything }
  package var value: Value { self }
}

extension Optional: Datum where Wrapped: Datum {
  package static var shape: Shape { .nullable(Wrapped.shape) }
  package var value: Value { map { $0.value } ?? .null }
}

extension Array: Datum where Element: Datum {
  package static var shape: Shape { .list(Element.shape) }
  package var value: Value { .array(map { $0.value }) }
}
