internal import Files
internal import Glibc

/// Where something is sent over HTTP. Whoever knows it may send there: it is a secret but for its scheme
/// and its host.
struct WebAddress: Equatable {
  /// All of it.
  let secret: String
  let isSecure: Bool
  let host: String
  /// Nil where it names none.
  let port: Int?

  /// What may be told of it.
  var words: String {
    "\(isSecure ? "https" : "http")://\(host)" + (port.map { ":\($0)" } ?? "")
  }

  /// Whether it never leaves this machine.
  var isLoopback: Bool {
    let name = host.lowercased()
    if name == "localhost" || name.hasSuffix(".localhost") || name == "[::1]" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    return parts.count == 4 && parts[0] == 127
      && parts.allSatisfy { $0.map { (0...255).contains($0) } ?? false }
  }

  /// Nil where the text is none.
  init?(_ text: String) {
    guard text.utf8.allSatisfy({ (0x21..<0x7F).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) })
    else { return nil }
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[1].hasPrefix("//") else { return nil }
    switch parts[0].lowercased() {
    case "https": isSecure = true
    case "http": isSecure = false
    default: return nil
    }
    let authority = parts[1].dropFirst(2).prefix { !"/?#".contains($0) }
    let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    var name = place
    var number: Substring?
    if place.hasPrefix("[") {
      guard let end = place.firstIndex(of: "]") else { return nil }
      name = place[...end]
      let behind = place[place.index(after: end)...]
      guard behind.isEmpty || behind.hasPrefix(":") else { return nil }
      number = behind.isEmpty ? nil : behind.dropFirst()
    } else if let colon = place.lastIndex(of: ":") {
      name = place[..<colon]
      number = place[place.index(after: colon)...]
    }
    guard !name.isEmpty, name.utf8.allSatisfy(WebAddress.isOfHost) else { return nil }
    if let number {
      guard let value = Int(number), (1...65535).contains(value) else { return nil }
      port = value
    } else {
      port = nil
    }
    host = String(name)
    secret = text
  }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-._:[]".utf8.contains(byte)
    }
  }

  /// Whether a text has a part of it in it that is not to be told: something of the path, the parameters
  /// or of who asks, as it stands or without its percent signs.
  func isTold(by text: String) -> Bool {
    let rest = secret.dropFirst(secret.prefix { $0 != ":" }.count + 3)
    let beyond = rest.dropFirst(rest.prefix { !"/?#".contains($0) }.count)
    let who = rest.prefix { !"/?#".contains($0) }.split(separator: "@").dropLast()
    let pieces = (who + [beyond]).flatMap { $0.split { "/?#&=:@".contains($0) } }
    let told = text.lowercased()
    return pieces.contains { piece in
      piece.count >= 4
        && [String(piece), WebAddress.decoded(piece)].contains {
          told.contains(text: $0.lowercased())
        }
    }
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension WebAddress {
  /// The address that a file holds: its first line that is neither empty nor a remark. A pipe may be one,
  /// so that whoever keeps secrets can hand it over.
  ///
  /// - Parameter warn: called with what is not as it should be, and does no harm yet.
  init(file: String, warn: (String, String) -> Void) throws(ChannelError) {
    let bytes: [UInt8]
    do throws(ShortFile.Failure) {
      bytes = try ShortFile.bytes(of: file, most: 1 << 14)
    } catch {
      throw ChannelError(
        .address, "the address in \(file) cannot be read: \(error)",
        hint: "Write the address into a file, in a line of its own, and name that.")
    }
    if let status = stat(path: file), FileKind(status) == .file, status.st_mode & 0o077 != 0 {
      warn(
        "\(file) may be read by others, and whoever reads it may send there", "chmod 600 \(file)")
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed() }
      .map { String($0) }
    guard let text = lines.first(where: { !$0.isEmpty && !$0.hasPrefix("#") }) else {
      throw ChannelError(.address, "\(file) holds no address", hint: WebAddress.form)
    }
    guard let address = WebAddress(text) else {
      throw ChannelError(
        .address, "what stands in \(file) is no address", hint: WebAddress.form)
    }
    guard address.isSecure || address.isLoopback else {
      throw ChannelError(
        .address, "the address in \(file) is one of http, which anybody on the way can read",
        hint: "Write one that begins with https; http is for this machine alone.")
    }
    self = address
  }

  private static let form = "It has one in a line, such as https://hooks.slack.com/services/…"
}
