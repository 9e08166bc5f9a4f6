/// A place within a site: what the site's paths begin with, names one after another, and parameters.
/// However odd these are, it leads nowhere else.
package struct Address: Sendable, Equatable {
  /// Empty or `/…`, without a slash at its end.
  package var root: String
  package var names: [String]
  package var parameters: [(name: String, value: String)]

  package init(
    _ names: String..., parameters: [(name: String, value: String)] = [], root: String
  ) {
    self.root = root
    self.names = names
    self.parameters = parameters
  }

  /// As a link has it: percent-encoded, and beginning with one slash.
  package var text: String {
    var text = root + "/" + names.map(percentEncoded).joined(separator: "/")
    for (place, parameter) in parameters.enumerated() {
      text += place == 0 ? "?" : "&"
      text += percentEncoded(parameter.name) + "=" + percentEncoded(parameter.value)
    }
    return text
  }

  /// The same with a parameter, in place of those of its name; nil takes them away.
  package func with(_ name: String, _ value: String?) -> Address {
    var address = self
    address.parameters.removeAll { $0.name == name }
    if let value { address.parameters.append((name, value)) }
    return address
  }

  package static func == (one: Address, other: Address) -> Bool { one.text == other.text }
}

/// Everything but what RFC 3986 calls unreserved as `%` and two digits:
/// <https://www.rfc-editor.org/rfc/rfc3986#section-2.3>.
private func percentEncoded(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var encoded: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      encoded.append(byte)
    default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: encoded, as: UTF8.self)
}

/// Words that lead to a place of a site.
package struct Link: Sendable, Equatable {
  package var text: String
  package var address: Address
  /// Whether it leads to the page that it stands on.
  package var isCurrent: Bool

  package init(_ text: String, _ address: Address, isCurrent: Bool = false) {
    self.text = text
    self.address = address
    self.isCurrent = isCurrent
  }
}
