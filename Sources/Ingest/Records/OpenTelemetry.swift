internal import Files
internal import JSON

/// Makes flat records of OTLP's JSON: log records and spans, attributes as members.
///
/// <https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md>
struct OpenTelemetry {
  private static let signals = [
    ("resourceLogs", ["scopeLogs", "instrumentationLibraryLogs"], "logRecords"),
    ("resourceSpans", ["scopeSpans", "instrumentationLibrarySpans"], "spans"),
  ].map { resources, scopes, records in
    (Array(resources.utf8), scopes.map { Array($0.utf8) }, Array(records.utf8))
  }

  /// Writes the records of a message as an array; false where it is no such message.
  func write(_ root: JSONValue, to writer: inout JSONWriter) -> Bool {
    for (resources, scopes, records) in OpenTelemetry.signals {
      guard let list = root[resources], list.isArray else { continue }
      writer.clear()
      writer.beginArray()
      for resource in list.elements {
        let attributes = resource["resource"]?["attributes"]
        guard let scopes = scopes.lazy.compactMap({ resource[$0] }).first else { continue }
        for scope in scopes.elements {
          guard let records = scope[records] else { continue }
          for record in records.elements { write(record, of: attributes, &writer) }
        }
      }
      writer.endArray()
      return true
    }
    return false
  }

  private func write(_ record: JSONValue, of resource: JSONValue?, _ writer: inout JSONWriter) {
    writer.beginObject()
    for (key, value) in record.members {
      if key.isEqual(to: "attributes") {
        writeAttributes(value, &writer)
      } else if key.isEqual(to: "body") {
        // A record of its own, or text that may be one.
        writer.key(isObject(value) ? "record" : "message")
        write(value, &writer)
      } else if value.isArray || isZero(value) {
        // Links and events of spans, counts of what was dropped, times that are none.
        continue
      } else {
        writer.key(key)
        writer.value(value)
      }
    }
    // Who logged is not who answered: that is left out.
    if let resource { writeAttributes(resource, isResource: true, &writer) }
    writer.endObject()
  }

  private func writeAttributes(
    _ attributes: JSONValue, isResource: Bool = false, _ writer: inout JSONWriter
  ) {
    for attribute in attributes.elements {
      guard let key = attribute["key"]?.string, let value = attribute["value"],
        !isResource || !isAboutLogger(key)
      else { continue }
      writer.key(key)
      write(value, &writer)
    }
  }

  /// An AnyValue as what it stands for.
  private func write(_ value: JSONValue, _ writer: inout JSONWriter) {
    for (kind, inner) in value.members {
      if kind.isEqual(to: "kvlistValue") {
        writer.beginObject()
        writeAttributes(inner["values"] ?? inner, &writer)
        return writer.endObject()
      }
      if kind.isEqual(to: "arrayValue") {
        writer.beginArray()
        for element in (inner["values"] ?? inner).elements { write(element, &writer) }
        return writer.endArray()
      }
      return writer.value(inner)
    }
    value.isObject ? writer.string([]) : writer.value(value)
  }

  private func isObject(_ value: JSONValue) -> Bool {
    value.members.contains { $0.key.isEqual(to: "kvlistValue") }
  }

  private func isZero(_ value: JSONValue) -> Bool {
    value.integer == 0 || value.string?.isEqual(to: "0") == true
  }

  private func isAboutLogger(_ key: Bytes) -> Bool {
    OpenTelemetry.loggers.contains { prefix in
      prefix.withUTF8Buffer { key.count >= $0.count && key.prefix($0.count).elementsEqual($0) }
    }
  }

  private static let loggers: [StaticString] = [
    "service.", "host.", "process.", "telemetry.", "container.", "k8s.", "os.", "cloud.",
  ]
}
