internal import Answers
internal import Files
internal import Times

/// Values as JSON text that holds no control or hidden character, indented by two spaces or on
/// one line. When indented, an array of plain values still takes one line.
struct JSONText {
  let isIndented: Bool

  func write(_ value: Value, depth: Int = 0, into output: inout Output) {
    switch value {
    case .null: output.write("null")
    case .bool(let truth): output.write(truth ? "true" : "false")
    case .integer(let integer): output.write(String(integer))
    case .number(let number): output.write(numberText(number) ?? "null")
    case .text(let text): writeString(text, into: &output)
    case .time(let milliseconds): writeString(formatTime(milliseconds), into: &output)
    case .json(let text): writeVerbatim(text, into: &output)
    case .array(let elements):
      let breaks = isIndented && elements.contains { $0.isNested }
      writeList(elements, "[", "]", breaks, depth, into: &output) { element, output in
        write(element, depth: depth + 1, into: &output)
      }
    case .object(let object):
      writeList(object.members, "{", "}", isIndented, depth, into: &output) { member, output in
        writeString(member.name, into: &output)
        output.write(isIndented ? ": " : ":")
        write(member.value, depth: depth + 1, into: &output)
      }
    }
  }

  private func writeList<Element>(
    _ elements: [Element], _ open: String, _ close: String, _ breaks: Bool, _ depth: Int,
    into output: inout Output, _ writeElement: (Element, inout Output) -> Void
  ) {
    output.write(open)
    for (place, element) in elements.enumerated() {
      if place > 0 { output.write(isIndented && !breaks ? ", " : ",") }
      if breaks { writeBreak(depth + 1, into: &output) }
      writeElement(element, &output)
    }
    if breaks, !elements.isEmpty { writeBreak(depth, into: &output) }
    output.write(close)
  }

  private func writeBreak(_ depth: Int, into output: inout Output) {
    output.line()
    output.write(UInt8(ascii: " "), times: 2 * depth)
  }

  private func writeString(_ text: String, into output: inout Output) {
    output.write(UInt8(ascii: "\""))
    var plain = text
    let isPlain = plain.withUTF8 { bytes in
      guard bytes.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }) else {
        return false
      }
      output.write(bytes)
      return true
    }
    if !isPlain {
      for scalar in text.unicodeScalars { writeEscaped(scalar, into: &output) }
    }
    output.write(UInt8(ascii: "\""))
  }

  private func writeEscaped(_ scalar: Unicode.Scalar, into output: inout Output) {
    switch scalar {
    case "\"": output.write("\\\"")
    case "\\": output.write("\\\\")
    case "\n": output.write("\\n")
    case "\r": output.write("\\r")
    case "\t": output.write("\\t")
    case _ where scalar.isHidden: writeUnits(of: scalar, into: &output)
    default: output.write(scalar)
    }
  }

  /// JSON as it is, but for two things that do not change what it says: white space between
  /// values becomes a space, and what is hidden in its strings is written as an escape.
  private func writeVerbatim(_ text: String, into output: inout Output) {
    if text.isEmpty { return output.write("null") }
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20 {
        output.write(" ")
      } else if scalar.isHidden {
        writeUnits(of: scalar, into: &output)
      } else {
        output.write(scalar)
      }
    }
  }

  private func writeUnits(of scalar: Unicode.Scalar, into output: inout Output) {
    for unit in Character(scalar).utf16 {
      let digits = String(unit, radix: 16)
      output.write("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    }
  }
}

extension Value {
  /// Whether it may hold other values.
  fileprivate var isNested: Bool {
    switch self {
    case .array, .object, .json: true
    default: false
    }
  }
}

/// A value as JSON on one line.
func compactJSON(_ value: Value) -> String {
  var output = Output()
  JSONText(isIndented: false).write(value, into: &output)
  return output.text
}
