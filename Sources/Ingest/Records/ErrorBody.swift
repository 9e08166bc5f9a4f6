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

  /// Whether a record that stands for its body says that its response failed, whatever the status.
  /// It says much besides: only what cannot mean anything else counts.
  static func saysFailed(_ record: JSONValue) -> Bool {
    if record["ok"]?.bool == false || record["success"]?.bool == false { return true }
    if let errors = record["errors"], errors.isArray {
      return errors.elements.contains(where: \.isObject)
    }
    if let error = record["error"] {
      // An error object that has something to say, or OAuth's.
      if error.isObject, error["message"]?.isString == true, record["result"]?.isNull ?? true {
        return true
      }
      if error.isString, record["error_description"]?.isString == true { return true }
    }
    return record["status"]?.string?.isEqual(to: "error") ?? false
  }
}

/// Finds the body of a response among the fields of its record.
final class BodyFinder {
  private let parser = JSONParser()
  private let partParser = JSONParser()
  private var texts: TextBody
  /// The data of an event that stands in several lines.
  private var streamText: [UInt8] = []
  /// Whether the text that was read last says in its form that it is a failure.
  private var isFailure = false

  init(_ profile: BodyProfile) {
    texts = TextBody(profile)
  }

  /// The best candidate that is there.
  func body(in fields: FieldReader, of record: JSONValue, isSuccess: Bool = false) -> ErrorBody {
    for candidate in fields.candidates(.body) {
      if let error = errorList(candidate.value) { return error }
      if candidate.value.isObject || candidate.value.elements.contains(where: \.isObject) {
        return .object(candidate.value, isRecord: candidate.value.isSame(as: record))
      }
      guard let text = scalar(candidate.value).string?.trimmed, !BodyFinder.isNone(text) else {
        continue
      }
      return read(text, isSuccess: isSuccess)
    }
    return .none
  }

  /// Whether what stands in the place of a body is none: nothing, or the status.
  static func isNone(_ text: Bytes) -> Bool {
    isNullMarker(text) || text.count == 3 && text.integer != nil
  }

  /// What the body says of a failure, where the status is one of success; none where it says of
  /// none.
  func failure(in fields: FieldReader, of record: JSONValue) -> Failed? {
    isFailure = false
    switch body(in: fields, of: record, isSuccess: true) {
    case .object(let record, isRecord: true):
      return ErrorBody.saysFailed(record) ? .whole(.object(record, isRecord: true)) : nil
    case .object(let body, isRecord: false):
      let parts = BatchAnswer(body).failed
      if !parts.isEmpty { return .parts(parts) }
      if let failure = Failure(in: body) {
        return .whole(.object(failure.place, isRecord: false))
      }
      return isFailure ? .whole(.object(body, isRecord: false)) : nil
    case .text(let text): return isFailure ? .whole(.text(text)) : nil
    case .none: return nil
    }
  }

  /// What failed behind a status of success.
  enum Failed {
    case whole(ErrorBody)
    case parts([BatchAnswer.Part])
  }

  /// The body of a part; valid until the next is asked for.
  func body(of part: BatchAnswer.Part) -> ErrorBody {
    guard let text = part.body.string?.trimmed else { return .object(part.body, isRecord: false) }
    if let value = parse(text, with: partParser) { return .object(value, isRecord: false) }
    return text.isEmpty ? .none : .text(TextBody.firstLine(of: text))
  }

  private func read(_ text: Bytes, isSuccess: Bool) -> ErrorBody {
    if let stream = EventStream(text) {
      isFailure = stream.isFailure
      guard let data = stream.data(in: &streamText) else { return .text(stream.first) }
      return data.withUnsafeBufferPointer { data in
        if let value = parse(data.trimmed, with: parser) { return .object(value, isRecord: false) }
        return .text(TextBody.firstLine(of: stream.first))
      }
    }
    if let value = parse(text, with: parser) {
      return errorList(value) ?? .object(value, isRecord: false)
    }
    if let inside = BodyFinder.argument(of: text), let value = parse(inside, with: parser) {
      return .object(value, isRecord: false)
    }
    // Of what went well neither pages nor other texts are looked into.
    if isSuccess {
      guard TextBody.mayFail(text) else { return .none }
      isFailure = TextBody.saysFailed(text)
    }
    if let form = texts.object(of: text), let value = parse(form) {
      return .object(value, isRecord: false)
    }
    return .text(TextBody.firstLine(of: text))
  }

  /// `["error", 11010, "ratelimit: error"]`: a list that begins with the word, and goes on with a code and a
  /// text.
  private func errorList(_ list: JSONValue) -> ErrorBody? {
    guard let word = list.element(0)?.string,
      BodyFinder.errorWords.contains(where: { word.isEqual(ignoringCase: $0) })
    else { return nil }
    let rest = Array(list.elements.prefix(BodyFinder.longestList)).dropFirst()
    guard rest.allSatisfy({ $0.isString || $0.number != nil }),
      let message = rest.last(where: { $0.string.map { !$0.isEmpty } ?? false })
    else { return nil }
    var writer = JSONWriter()
    writer.beginObject()
    if let code = rest.first(where: { !$0.isSame(as: message) }) {
      writer.key("error_code")
      writer.value(code)
    }
    writer.key("error_message")
    writer.value(message)
    writer.endObject()
    isFailure = true
    return parse(writer.bytes).map { .object($0, isRecord: false) }
  }

  private static let longestList = 4
  private static let errorWords: [StaticString] = ["error", "err", "fail", "failure"]

  /// What a script is handed: `callback({…});`.
  private static func argument(of text: Bytes) -> Bytes? {
    var end = text.count
    while end > 0, text[end - 1] <= 0x20 || text[end - 1] == UInt8(ascii: ";") { end -= 1 }
    guard end > 3, text[end - 1] == UInt8(ascii: ")"),
      let open = text.part(0..<longestName).place(of: UInt8(ascii: "(")), open > 0,
      text.part(0..<open).allSatisfy({
        isWordByte($0) || [0x24, 0x2E, 0x2F, 0x2A, 0x20].contains($0)
      })
    else { return nil }
    let inside = text.part(open + 1..<end - 1).trimmed
    return inside.first == UInt8(ascii: "{") || inside.first == UInt8(ascii: "[") ? inside : nil
  }

  /// A script's function has no longer name.
  private static let longestName = 80

  private func parse(_ text: [UInt8]) -> JSONValue? {
    text.withUnsafeBufferPointer { try? parser.parse($0) }
  }

  /// JSON in a string, even in a string in a string; of several documents the last.
  private func parse(_ text: Bytes, with parser: JSONParser) -> JSONValue? {
    guard let first = text.first,
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "\"")
    else { return nil }
    guard let value = try? parser.parse(text) else {
      guard first == UInt8(ascii: "{"), let end = text.lastIndex(of: 0x0A) else { return nil }
      let last = text.part(end + 1..<text.count).trimmed
      return last.first == first ? try? parser.parse(last) : nil
    }
    if value.isObject || value.isArray { return value }
    guard let inside = value.string?.trimmed, inside.first == UInt8(ascii: "{") else { return nil }
    return try? parser.parse(inside)
  }
}
