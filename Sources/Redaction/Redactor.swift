internal import CXXHash
package import Files

/// Replaces secrets in text by tags such as `[redacted:jwt:7f3a]`, before anything is stored or
/// shown.
///
/// What is secret is decided by the text alone, in time linear to it; nothing is allocated where
/// nothing is found. The four digits are 16 bits of a keyed hash: with the same key, equal secrets
/// have equal tags, so that they can be grouped. A tag is no proof (one in 65 536 strangers shares
/// it) and no way back: far more secrets than tags have the same one.
package final class Redactor {
  /// What a text is, where that decides what is secret in it.
  package enum Role {
    case text
    /// JSON text, which stays JSON.
    case json
    /// The name of whoever called: also secret when it is a key, by its look alone.
    case consumer
  }

  /// Where only the beginning of a text is kept, this many bytes more must be looked at: a secret
  /// that is cut in two could not be recognised.
  package static let lookahead = 1 << 14

  private let key: UInt64
  private let finder = SecretFinder()
  private var views = DecodedViews()
  private var output: UnsafeMutableBufferPointer<UInt8> = .allocate(capacity: 4096)
  private var written = 0

  /// `key` seeds the tags; it must not come from the log.
  package init(key: UInt64) {
    self.key = key
  }

  /// A redactor whose tags mean nothing beyond this process.
  package static func ofThisProcess() -> Redactor {
    Redactor(key: UInt64.random(in: .min ... .max))
  }

  deinit { output.deallocate() }

  /// The text without its secrets, valid until the redactor is used again; nil where it has none.
  package func redacted(_ text: Bytes, as role: Role = .text) -> Bytes? {
    if role == .consumer {
      if isKey(text) {
        written = 0
        append(tag: "key", of: hash(text))
        return result
      }
      // A number is an id, also where a card's could be the same.
      if text.allSatisfy(\.isDigit) { return nil }
    }
    guard mayHoldSecret(text) else { return nil }
    let secrets = secrets(in: text)
    guard !secrets.isEmpty else { return nil }
    write(text, without: secrets, isJSON: role == .json)
    return result
  }

  /// The text without its secrets.
  package func redacted(_ text: String, as role: Role = .text) -> String {
    text.withBytes { bytes in redacted(bytes, as: role).map { String(repairing: $0) } } ?? text
  }

  /// Every secret, also behind backslashes and percent signs, in order and apart.
  private func secrets(in text: Bytes) -> [Secret] {
    finder.find(in: text)
    var secrets: [Secret] = finder.secrets.map { secret in
      var secret = secret
      secret.hash = hash(text.part(secret.start..<secret.end))
      return secret.outsideEscapes(of: text)
    }
    views.decode(text) { view, origin in
      finder.find(in: view)
      for secret in finder.secrets {
        secrets.append(
          Secret(
            start: origin[secret.start], end: origin[secret.end], kind: secret.kind,
            hash: hash(view.part(secret.start..<secret.end))))
      }
    }
    guard secrets.count > 1 else { return secrets }
    secrets.sort { ($0.start, -$0.end) < ($1.start, -$1.end) }
    var apart: [Secret] = []
    for secret in secrets {
      if let last = apart.last, secret.start < last.end {
        apart[apart.count - 1].end = max(last.end, secret.end)
      } else {
        apart.append(secret)
      }
    }
    return apart
  }

  private func hash(_ secret: Bytes) -> UInt64 {
    XXH3_64bits_withSeed(secret.baseAddress, secret.count, key)
  }

  // MARK: Output

  private var result: Bytes { Bytes(rebasing: output[..<written]) }

  /// Copies the text, with a tag in the place of each secret. In JSON, what was no string becomes
  /// one.
  private func write(_ text: Bytes, without secrets: [Secret], isJSON: Bool) {
    written = 0
    var start = 0
    var isInString = false
    for secret in secrets where secret.start < secret.end {
      if isJSON { isInString = endsInString(text.part(start..<secret.start), from: isInString) }
      append(text.part(start..<secret.start))
      let isBare = isJSON && !isInString
      if isBare { append("\"") }
      append(tag: secret.kind, of: secret.hash)
      if isBare { append("\"") }
      start = secret.end
    }
    append(text.part(start..<text.count))
  }

  private func endsInString(_ json: Bytes, from before: Bool) -> Bool {
    var isInString = before
    var place = 0
    while place < json.count {
      if json[place] == UInt8(ascii: "\\") {
        place += 1
      } else if json[place] == UInt8(ascii: "\"") {
        isInString.toggle()
      }
      place += 1
    }
    return isInString
  }

  private func append(tag kind: StaticString, of hash: UInt64) {
    append("[redacted:")
    append(kind)
    append(":")
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4) { digits in
      for place in 0..<4 {
        let digit = UInt8(truncatingIfNeeded: hash >> UInt64(12 - 4 * place)) & 15
        digits[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
      }
      append(Bytes(digits))
    }
    append("]")
  }

  private func append(_ text: StaticString) {
    append(Bytes(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private func append(_ bytes: Bytes) {
    if written + bytes.count > output.count {
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(
        capacity: max(output.count * 2, written + bytes.count))
      _ = larger.update(fromContentsOf: output[..<written])
      output.deallocate()
      output = larger
    }
    _ = UnsafeMutableBufferPointer(rebasing: output[written...]).update(fromContentsOf: bytes)
    written += bytes.count
  }
}
