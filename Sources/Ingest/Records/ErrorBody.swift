internal import Files
internal import JSON
internal import Profiles

/// The body of a response: JSON, or text that is none.
enum ErrorBody {
  /// `isRecord` where the line has no body of its own and its record stands for one.
  case object(JSONValue, isRecord: Bool)
  case text(Bytes)
  case none

  var object: JSONValue? {
    if case .object(let value, _) = self { return value }
    return nil
  }

  /// A body that can prove who wrote it: a whole record says too much besides.
  var evidence: JSONValue? {
    if case .object(let value, isRecord: false) = self { return value }
    return nil
  }

  /// Whether a body says that its response failed, whatever the status.
  var saysFailed: Bool {
    guard let body = object else { return false }
    if body["ok"]?.bool == false || body["success"]?.bool == false { return true }
    if let errors = body["errors"], errors.isArray {
      return errors.elements.contains(where: \.isObject)
    }
    if let error = body["error"] {
      // An error object that has something to say, or OAuth's.
      if error.isObject, error["message"]?.isString == true, body["result"]?.isNull ?? true {
        return true
      }
      if error.isString, body["error_description"]?.isString == true { return true }
    }
    return body["status"]?.string?.isEqual(to: "error") ?? false
  }
}

/// Finds the body of a response among the fields of its record.
final class BodyFinder {
  private let parser = JSONParser()
  private var texts: TextBody

  init(_ profile: BodyProfile) {
    texts = TextBody(profile)
  }

  /// The best candidate that is there.
  func body(in fields: FieldReader, of record: JSONValue) -> ErrorBody {
    for candidate in fields.candidates(.body) {
      if candidate.value.isObject || candidate.value.elements.contains(where: \.isObject) {
        return .object(candidate.value, isRecord: candidate.value.isSame(as: record))
      }
      guard let text = scalar(candidate.value).string?.trimmed, !isNullMarker(text),
        text.count != 3 || text.integer == nil
      else { continue }
      return read(text)
    }
    return .none
  }

  private func read(_ text: Bytes) -> ErrorBody {
    if let value = parse(TextBody.event(in: text) ?? text) {
      return .object(value, isRecord: false)
    }
    if let form = texts.object(of: text), let value = parse(form) {
      return .object(value, isRecord: false)
    }
    return .text(TextBody.firstLine(of: text))
  }

  private func parse(_ text: [UInt8]) -> JSONValue? {
    text.withUnsafeBufferPointer { try? parser.parse($0) }
  }

  /// JSON in a string, even in a string in a string.
  private func parse(_ text: Bytes) -> JSONValue? {
    guard let first = text.first,
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "\""),
      let value = try? parser.parse(text)
    else { return nil }
    if value.isObject || value.isArray { return value }
    guard let inside = value.string?.trimmed, inside.first == UInt8(ascii: "{") else { return nil }
    return try? parser.parse(inside)
  }
}
