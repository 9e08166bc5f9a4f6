/// Where a cluster listens for HTTP: `https://host:8443/?database=errata`.
///
/// `clickhouse://host/errata` is the same with ClickHouse's own port for HTTP. Who asks stands in no
/// address: that is seen in lists of processes and kept in histories of shells.
package struct ClusterAddress: Sendable, Equatable {
  package private(set) var isSecure: Bool
  /// An IPv6 one stands in brackets.
  package private(set) var host: String
  package private(set) var port: Int
  /// What stands before the parameters, where a proxy has the server below a folder.
  package private(set) var path = "/"
  package private(set) var database = "default"
  package private(set) var user: String?

  private static let schemes = ["http", "https", "clickhouse", "clickhouses"]

  /// Whether a text is meant as an address, and not as a file.
  package static func isAddress(_ text: String) -> Bool {
    schemes.contains { text.lowercased().hasPrefix($0 + "://") }
  }

  package init(_ text: String) throws(ClusterError) {
    let parts = text.split(separator: ":", maxSplits: 1)
    let scheme = parts.first.map { $0.lowercased() } ?? ""
    guard ClusterAddress.schemes.contains(scheme), parts.count == 2, parts[1].hasPrefix("//") else {
      throw ClusterAddress.mistake("“\(text)” is no address of a cluster")
    }
    isSecure = scheme.hasSuffix("s")
    let isOwnScheme = scheme.hasPrefix("clickhouse")
    let rest = parts[1].dropFirst(2).split(separator: "#", maxSplits: 1).first ?? ""
    let question = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let place = question.first ?? ""
    let authority = place.prefix { $0 != "/" }
    let path = place.dropFirst(authority.count)
    host = ""
    port = 0
    try read(authority, isOwnScheme: isOwnScheme)
    if isOwnScheme {
      let name = path.drop { $0 == "/" }
      if !name.isEmpty { database = try ClusterAddress.decoded(name) }
    } else if !path.isEmpty {
      self.path = String(path)
    }
    if question.count == 2 { try read(parameters: question[1]) }
    guard !database.isEmpty else { throw ClusterAddress.mistake("the database has no name") }
  }

  private mutating func read(_ authority: Substring, isOwnScheme: Bool) throws(ClusterError) {
    var place = authority
    if let at = authority.lastIndex(of: "@") {
      let names = authority[..<at].split(
        separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      if names.count == 2 { throw ClusterAddress.password }
      user = try ClusterAddress.decoded(names[0])
      place = authority[authority.index(after: at)...]
    }
    var name = place
    var number: Substring?
    if place.hasPrefix("["), let end = place.firstIndex(of: "]") {
      name = place[...end]
      let behind = place[place.index(after: end)...]
      guard behind.isEmpty || behind.hasPrefix(":") else {
        throw ClusterAddress.mistake("“\(place)” is no host")
      }
      number = behind.isEmpty ? nil : behind.dropFirst()
    } else if let colon = place.lastIndex(of: ":") {
      name = place[..<colon]
      number = place[place.index(after: colon)...]
    }
    guard !name.isEmpty, name.utf8.allSatisfy(ClusterAddress.isOfHost) else {
      throw ClusterAddress.mistake(name.isEmpty ? "it names no host" : "“\(name)” is no host")
    }
    host = String(name)
    port = isOwnScheme ? (isSecure ? 8443 : 8123) : (isSecure ? 443 : 80)
    guard let number else { return }
    guard let port = Int(number), (1...65535).contains(port) else {
      throw ClusterAddress.mistake("“\(number)” is no port")
    }
    if port == 9000 || port == 9440 {
      throw ClusterAddress.mistake("port \(port) is the one of ClickHouse's own protocol")
    }
    self.port = port
  }

  private mutating func read(parameters: Substring) throws(ClusterError) {
    for parameter in parameters.split(separator: "&") {
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count == 2 ? try ClusterAddress.decoded(parts[1]) : ""
      switch parts[0].lowercased() {
      case "database": database = value
      case "user": user = value
      case "password": throw ClusterAddress.password
      default:
        throw ClusterAddress.mistake("“\(parts[0])” is nothing that an address says")
      }
    }
  }

  private static let password = ClusterError(
    .address, "a password stands in no address: it would be seen by others",
    hint: .text("Put it into CLICKHOUSE_PASSWORD, and take this one out of use."))

  private static func mistake(_ words: String) -> ClusterError {
    ClusterError(
      .address, words,
      hint: .text(
        "Write it as in http://host:8123/?database=errata or https://host:8443/?database=errata."))
  }

  /// Letters, digits, and what else hosts and addresses have.
  private static func isOfHost(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-._:[]%".utf8.contains(byte)
    }
  }

  /// `%2F` and the like read.
  private static func decoded(_ text: Substring) throws(ClusterError) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
        rest.count >= 2
      else { throw mistake("“\(text)” has a % with no number behind it") }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Text as it stands in a parameter.
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
      }
    }
    return result
  }

  /// Whether what is sent there never leaves this machine.
  var isOfThisMachine: Bool {
    host.lowercased() == "localhost" || host == "[::1]"
      || host.hasPrefix("127.")
        && host.allSatisfy { $0.isNumber || $0 == "." }
  }

  /// Where requests go, without parameters.
  var root: String { "\(isSecure ? "https" : "http")://\(host):\(port)\(path)" }

  /// What a file is named that is about this cluster.
  package var fileName: String {
    let below = path == "/" ? "" : ClusterAddress.encoded(path)
    return "\(ClusterAddress.encoded(host))-\(port)\(below)-\(ClusterAddress.encoded(database))"
  }

  /// As people are told of it.
  package var words: String { "\(root)?database=\(ClusterAddress.encoded(database))" }
}
