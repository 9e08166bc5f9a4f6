internal import Files
internal import JSON

/// Finds what holds records and nothing else: the lists of gateways and exporters, answers of log
/// stores, Loki's streams, OpenTelemetry's messages.
final class RecordLists {
  struct List {
    /// An array.
    var records: JSONValue
    /// Whether they are made of OpenTelemetry's attributes.
    var isOpenTelemetry = false
  }

  private var writer = JSONWriter()
  private let openTelemetry = OpenTelemetry()

  /// What is no list as it stands is written anew, and read by `parser`.
  func list(in root: JSONValue, by parser: JSONParser) -> List? {
    for name in RecordLists.names {
      if let list = root[name], list.isArray { return List(records: list) }
    }
    for path in RecordLists.answers {
      if let list = member(of: root, at: path), list.isArray, holdsLines(list) {
        return List(records: list)
      }
    }
    if writeStreams(root) { return parsed(parser).map { List(records: $0) } }
    if writeRows(root) { return parsed(parser).map { List(records: $0) } }
    guard openTelemetry.write(root, to: &writer) else { return nil }
    return parsed(parser).map { List(records: $0, isOpenTelemetry: true) }
  }

  private func parsed(_ parser: JSONParser) -> JSONValue? {
    try? writer.bytes.withUnsafeBufferPointer { try parser.parse($0) }
  }

  /// Lists whose elements are records, whatever they are.
  private static let names = ["records", "Records", "entries", "logEvents", "logs"]
    .map { Array($0.utf8) }

  /// Lists whose elements may be anything: CloudWatch's `events`, Elasticsearch's `hits.hits`,
  /// Datadog's `data`, and kin.
  private static let answers = [
    ["events"], ["hits", "hits"], ["data"], ["results"], ["result"], ["items"], ["messages"],
    ["rows"], ["value"],
  ].map { $0.map { Array($0.utf8) } }

  private func member(of root: JSONValue, at path: [[UInt8]]) -> JSONValue? {
    var value = root
    for name in path {
      guard let member = value[name] else { return nil }
      value = member
    }
    return value
  }

  /// Whether the first element is an exporter's record: a line and when it was, or a document.
  private func holdsLines(_ list: JSONValue) -> Bool {
    var elements = list.elements
    guard let first = elements.next(), first.isObject else { return false }
    var hasLine = false
    var hasTime = false
    for (key, value) in first.members {
      if value.isObject {
        if RecordLists.documents.contains(where: key.isEqual(to:)) { return true }
      } else if value.isString, WrapperNames.areOfLine(key) {
        hasLine = true
      } else if RecordLists.times.contains(where: { key.isEqual(ignoringCase: $0) }) {
        hasTime = true
      }
    }
    return hasLine && hasTime
  }

  private static let documents: [StaticString] = ["_source", "attributes", "message", "fields"]
  private static let times: [StaticString] = [
    "timestamp", "@timestamp", "_time", "time", "ts", "date", "eventTime",
  ]

  // MARK: Loki

  /// `{"streams":[{"stream":{…},"values":[["ns","line"],…]}]}`, also as the answer to a query:
  /// <https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs>.
  private func writeStreams(_ root: JSONValue) -> Bool {
    guard let streams = root["streams"] ?? root["data"]?["result"], streams.isArray else {
      return false
    }
    writer.clear()
    writer.beginArray()
    var found = false
    for stream in streams.elements {
      for pair in stream["values"]?.elements ?? stream.elements {
        guard let time = pair.element(0), let line = pair.element(1), line.isString else {
          continue
        }
        found = true
        writer.beginObject()
        writer.key("timestamp")
        writer.value(time)
        writer.key("line")
        writer.value(line)
        writer.endObject()
      }
      // Older ones have `entries` with names.
      for entry in stream["entries"]?.elements ?? stream.elements where entry.isObject {
        found = true
        writer.value(entry)
      }
    }
    writer.endArray()
    return found
  }

  // MARK: CloudWatch

  /// `{"results":[[{"field":"@message","value":"…"},…],…]}`:
  /// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html>.
  private func writeRows(_ root: JSONValue) -> Bool {
    guard let rows = root["results"], rows.isArray, rows.element(0)?.element(0)?["field"] != nil
    else { return false }
    writer.clear()
    writer.beginArray()
    for row in rows.elements {
      writer.beginObject()
      for cell in row.elements {
        guard let name = cell["field"]?.string, let value = cell["value"] else { continue }
        writer.key(name)
        writer.value(value)
      }
      writer.endObject()
    }
    writer.endArray()
    return true
  }
}
