import JSON

/// A text, parsed and written again.
func written(_ text: String) throws -> (text: String, repaired: Bool) {
  try written(Array(text.utf8))
}

func written(_ bytes: [UInt8]) throws -> (text: String, repaired: Bool) {
  try read(bytes) { value, repaired in
    var writer = JSONWriter()
    writer.value(value)
    return (String(decoding: writer.bytes, as: UTF8.self), repaired)
  }
}

/// Lends the root of a parsed text, and whether it had to be repaired.
func read<Result>(_ bytes: [UInt8], _ body: (JSONValue, Bool) throws -> Result) throws -> Result {
  let parser = JSONParser()
  return try withExtendedLifetime(parser) {
    try bytes.withUnsafeBufferPointer {
      let value = try parser.parse($0)
      return try body(value, parser.repaired)
    }
  }
}
