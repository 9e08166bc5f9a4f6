internal import Files
internal import JSON
internal import Profiles

extension VendorProfile {
  /// Whether a body proves by itself that this vendor wrote it.
  func recognises(_ body: JSONValue, status: Int) -> Bool {
    evidence.contains { $0.holds(for: body, status: status) }
  }
}

extension EvidenceRule {
  func holds(for body: JSONValue, status: Int) -> Bool {
    if !statuses.isEmpty, !statuses.contains(status) { return false }
    for (path, texts) in equals {
      guard let text = path.value(in: body)?.string,
        texts.contains(where: { text.elementsEqual($0.utf8) })
      else { return false }
    }
    for (path, shape) in shapes {
      guard let value = path.value(in: body), has(value, shape) else { return false }
    }
    for (path, prefix) in prefixes {
      guard let text = path.value(in: body)?.string, text.starts(with: prefix.utf8) else {
        return false
      }
    }
    return absent.allSatisfy { $0.value(in: body) == nil }
  }

  private func has(_ value: JSONValue, _ shape: Shape) -> Bool {
    switch shape {
    case .string: value.isString
    case .number: value.shape == .number
    case .array: value.isArray
    case .object: value.isObject
    case .screaming: value.string.map(isScreaming) ?? false
    }
  }
}
