internal import Checks
internal import Files
internal import JSON
internal import Questions

/// Crossings and what could not be judged, as a store remembers them.
struct CheckMemory {
  var crossings: [Crossing] = []
  /// Subjects of which it was told that they cannot be judged, since when, and when that was told.
  var unknown: [[String?]: (since: Int64, told: Int64)] = [:]

  init() {}

  /// What was remembered; what cannot be read of it is forgotten.
  init(_ remembered: CheckedRule?, fields: Int) {
    let parser = JSONParser()
    for stored in remembered?.crossings ?? [] {
      guard let subject = CheckMemory.subject(stored.subject, parser), subject.count == fields
      else { continue }
      if stored.isUnknown {
        unknown[subject] = (stored.since, stored.told)
        continue
      }
      crossings.append(
        Crossing(
          subject: subject, since: stored.since, last: max(stored.since, stored.last),
          near: max(stored.since, stored.near), counted: stored.counted,
          requests: stored.requests, told: stored.told, over: stored.over))
    }
  }

  /// - Parameter now: what was told for the first time is told now.
  func stored(now: Int64) -> [CheckedRule.Crossing] {
    crossings.map {
      CheckedRule.Crossing(
        subject: CheckMemory.text($0.subject), since: $0.since, last: $0.last, near: $0.near,
        counted: $0.counted, requests: $0.requests, told: $0.told ?? now, over: $0.over)
    }
      + unknown.map { subject, when in
        CheckedRule.Crossing(
          subject: CheckMemory.text(subject), isUnknown: true, since: when.since,
          last: when.since, near: when.since, told: when.told)
      }
      .sorted { $0.subject < $1.subject }
  }

  private static func text(_ subject: [String?]) -> String {
    var writer = JSONWriter()
    writer.beginArray()
    for text in subject {
      if let text { writer.string(Array(text.utf8)) } else { writer.null() }
    }
    writer.endArray()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func subject(_ text: String, _ parser: JSONParser) -> [String?]? {
    text.withBytes { bytes in
      guard let value = try? parser.parse(bytes), value.isArray else { return nil }
      var subject: [String?] = []
      for element in value.elements {
        guard element.isNull || element.isString else { return nil }
        subject.append(element.text)
      }
      return subject
    }
  }
}
