import JSON

private nonisolated(unsafe) let parser = JSONParser()

/// The JSON parser and what it repairs: what is written again reads the same.
func fuzzJSON(_ input: UnsafeBufferPointer<UInt8>) {
  guard let once = written(input) else { return }
  require(String(validating: once, as: UTF8.self) != nil, "what is written is UTF-8")
  let twice = once.withUnsafeBufferPointer(written)
  require(!parser.repaired, "what is written needs no repair")
  require(twice == once, "what is written reads the same")
}

private func written(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
  guard let value = try? parser.parse(text) else { return nil }
  var writer = JSONWriter()
  writer.value(value)
  walk(value)
  return writer.bytes
}

/// Asks everything of every value.
private func walk(_ value: JSONValue) {
  _ = (value.integer, value.number, value.numberText, value.bool, value.text, value.isNull)
  for (key, member) in value.members {
    require(value.member(key) != nil, "a member is found by its name")
    walk(member)
  }
  for element in value.elements { walk(element) }
}
