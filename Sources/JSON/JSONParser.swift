internal import CSimdjson
internal import Glibc

/// Why a text is no JSON document.
package struct JSONError: Error, Sendable {
  /// A simdjson error code.
  package let code: Int32

  package var message: String { String(cString: errata_json_message(code)) }

  /// Whether the document is nested deeper than `JSONParser.depth`.
  package var isTooDeep: Bool { code == JSONError.depth }

  private static let depth: Int32 = 4

  /// A code of our own for a parser that could not be made.
  static let noMemory: Int32 = 2
}

/// simdjson's DOM parser behind a thin C face: strict, validating UTF-8, reused line after line.
package final class JSONParser {
  private let parser: OpaquePointer?
  /// Where repaired texts stand.
  private var scratch: UnsafeMutableBufferPointer<UInt8>
  /// Where texts without padding are copied to.
  private var copy: UnsafeMutableBufferPointer<UInt8>
  /// Whether the last document had to be repaired before it could be read.
  package private(set) var repaired = false

  /// How many bytes after a text given to `parse(padded:)` must be readable.
  package static var padding: Int { errata_json_padding }

  /// Documents nested deeper are refused.
  package static let depth = 128

  package init() {
    parser = errata_json_create(JSONParser.depth)
    scratch = .allocate(capacity: 1 << 12)
    copy = .allocate(capacity: 1 << 12)
  }

  deinit {
    errata_json_destroy(parser)
    scratch.deallocate()
    copy.deallocate()
  }

  /// Parses a text after which `padding` bytes are readable.
  ///
  /// What simdjson refuses although its meaning is plain (invalid UTF-8, a lone surrogate, a
  /// number beyond 64 bits, a byte order mark, leading NULs) is repaired once and parsed again.
  package func parse(padded text: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSONValue {
    repaired = false
    let tape = try tape(of: text)
    if tape.error == 0 { return root(of: tape) }
    guard let length = repair(text) else { throw JSONError(code: tape.error) }
    repaired = true
    let second = try self.tape(
      of: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(scratch)[..<length]))
    if second.error == 0 { return root(of: second) }
    throw JSONError(code: tape.error)
  }

  /// Parses a text that stands anywhere.
  package func parse(_ text: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSONValue {
    let needed = text.count + JSONParser.padding
    if copy.count < needed {
      copy.deallocate()
      copy = .allocate(capacity: needed * 2)
    }
    _ = copy.update(from: text)
    copy[text.count..<needed].update(repeating: 0)
    return try parse(
      padded: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(copy)[..<text.count]))
  }

  /// Parses one text, and lends its root to `body`. Meanwhile the parser is kept: a value is good no
  /// longer than its parser, and one in a variable may be gone after the variable's last use.
  package static func read<Result>(
    _ text: UnsafeBufferPointer<UInt8>, _ body: (JSONValue) throws -> Result
  ) throws -> Result {
    let parser = JSONParser()
    return try withExtendedLifetime(parser) { try body(parser.parse(text)) }
  }

  private func tape(of text: UnsafeBufferPointer<UInt8>) throws(JSONError) -> errata_json_tape {
    guard let parser, let start = text.baseAddress else {
      throw JSONError(code: JSONError.noMemory)
    }
    return errata_json_parse(parser, start, text.count)
  }

  private func root(of tape: errata_json_tape) -> JSONValue {
    JSONValue(words: tape.words, strings: tape.strings, index: 1)
  }

  /// Writes the repaired text into `scratch`; nil when there is nothing to repair.
  private func repair(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    let needed = Repair.bound(text.count) + JSONParser.padding
    if scratch.count < needed {
      scratch.deallocate()
      scratch = .allocate(capacity: needed)
    }
    var repair = Repair(output: scratch)
    guard repair.run(on: text) else { return nil }
    scratch[repair.count..<repair.count + JSONParser.padding].update(repeating: 0)
    return repair.count
  }
}
