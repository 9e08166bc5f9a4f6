internal import Files
internal import Glibc

/// Who asks a cluster: from where ClickHouse's own client has it, or from a file that others cannot
/// read.
package struct Credentials: Sendable, Equatable {
  /// Nil for the server's default one.
  package var user: String?
  package var password: String?
  /// A file of certificates to trust in place of the system's.
  package var authorities: String?

  package init(user: String? = nil, password: String? = nil, authorities: String? = nil) {
    self.user = user
    self.password = password
    self.authorities = authorities
  }

  /// Variables of the environment come first: `CLICKHOUSE_USER`, `CLICKHOUSE_PASSWORD`, and
  /// `SSL_CERT_FILE` as OpenSSL has it. Then the file, which has lines such as `user = reader`.
  package init(environment: (String) -> String?, file: String?) throws(ClusterError) {
    if let file { self = try Credentials(file: file) } else { self.init() }
    if let user = environment("CLICKHOUSE_USER"), !user.isEmpty {
      // Another one's password is none of this one's.
      if user != self.user { password = nil }
      self.user = user
    }
    if let password = environment("CLICKHOUSE_PASSWORD"), !password.isEmpty {
      self.password = password
    }
    if let file = environment("SSL_CERT_FILE"), !file.isEmpty { authorities = file }
  }

  /// Those of a file; none where there is no such file.
  private init(file: String) throws(ClusterError) {
    self.init()
    guard let status = stat(path: file) else { return }
    guard status.st_mode & 0o077 == 0 else {
      throw ClusterError(
        .address, "\(file) may be read by others, and may have a password in it",
        hint: .text("chmod 600 \(file)"))
    }
    let bytes: [UInt8]
    do throws(ShortFile.Failure) {
      bytes = try ShortFile.bytes(of: file, most: 1 << 16, pipes: false)
    } catch {
      throw ClusterError(.address, "\(file) cannot be read: \(error)")
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    for (place, line) in lines.enumerated() {
      let line = trimmed(line)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count == 2 ? String(trimmed(parts[1])) : ""
      switch trimmed(parts[0]) {
      case "user": user = value
      case "password": password = value
      default:
        throw ClusterError(
          .address, "\(file), line \(place + 1): this is neither a user nor a password",
          hint: .text("It has lines such as “user = reader” and “password = …”."))
      }
    }
  }
}

private func trimmed(_ text: Substring) -> Substring {
  var text = text
  while let first = text.first, first.isWhitespace { text = text.dropFirst() }
  while let last = text.last, last.isWhitespace { text = text.dropLast() }
  return text
}
