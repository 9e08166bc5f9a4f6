internal import Files
internal import JSON
internal import Profiles

/// The words that gateways have of their own for statuses, methods and the like, and what each
/// stands for.
final class GatewayWords {
  private struct Entry {
    var field: GatewayProfile.Field
    var text: Bytes
    var number: Int64?
    var meaning: Bytes
  }

  private let entries: [[Entry]]
  private let pool: UnsafeMutableBufferPointer<UInt8>

  init(_ gateways: [GatewayProfile]) {
    let all = gateways.map { gateway in
      gateway.words.flatMap { field, words in
        words.sorted { $0.key < $1.key }.map { (field, Array($0.key.utf8), Array($0.value.utf8)) }
      }
    }
    pool = .allocate(capacity: all.joined().reduce(0) { $0 + $1.1.count + $1.2.count })
    let pool = pool
    var end = 0
    func keep(_ text: [UInt8]) -> Bytes {
      let place = UnsafeMutableBufferPointer(rebasing: pool[end..<end + text.count])
      _ = place.initialize(from: text)
      end += text.count
      return Bytes(place)
    }
    entries = all.map { words in
      words.map { field, text, meaning in
        let text = keep(text)
        return Entry(field: field, text: text, number: text.integer, meaning: keep(meaning))
      }
    }
  }

  deinit { pool.deallocate() }

  func word(for value: JSONValue, as field: GatewayProfile.Field, gateway: Int) -> Bytes? {
    guard gateway >= 0, !entries[gateway].isEmpty else { return nil }
    let value = scalar(value)
    let number = value.integer
    let text = value.string
    for entry in entries[gateway] where entry.field == field {
      if let number, number == entry.number { return entry.meaning }
      if let text, text.elementsEqual(entry.text) { return entry.meaning }
    }
    return nil
  }
}
