internal import Files

/// A request in the event log of Windows, as IIS writes it there and collectors send it on: an event in XML whose
/// data are named as the columns of its other log.
///
/// <https://learn.microsoft.com/en-us/iis/manage/provisioning-and-managing-iis/iis-logging-to-etw>
struct WindowsEvent {
  /// When the event was written, where its data do not say when the request came.
  private(set) var written: Bytes?
  private(set) var pairs: [LoosePairs.Pair] = []

  private static let mostPairs = 64

  /// Nil for a text that is anything else, and for an event of anything but a request.
  init?(_ text: Bytes) {
    guard text.starts(with: "<Event".utf8) else { return nil }
    var name: Bytes?
    for token in Markup(text) {
      switch token {
      case .open(let tag, let attributes, let isEmpty):
        name = nil
        if tag.isEqual(to: "TimeCreated") {
          written = WindowsEvent.value(of: attributes)
        } else if tag.isEqual(to: "Data"), !isEmpty {
          name = WindowsEvent.value(of: attributes)
        }
      case .close: name = nil
      case .text(let value, _):
        guard let key = name, pairs.count < WindowsEvent.mostPairs else { continue }
        pairs.append(LoosePairs.Pair(key: key, value: value))
      }
    }
    guard has("cs-method"), has("sc-status") else { return nil }
    if has("date") { written = nil }
  }

  private func has(_ name: StaticString) -> Bool { value(of: name) != nil }

  private func value(of name: StaticString) -> Bytes? {
    pairs.first { $0.key.isEqual(to: name) }?.value
  }

  /// What stands between the first two quotes.
  private static func value(of attributes: Bytes) -> Bytes? {
    guard let mark = attributes.firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
      let length = attributes.part(mark + 1..<attributes.count).place(of: attributes[mark])
    else { return nil }
    return attributes.part(mark + 1..<mark + 1 + length)
  }
}
