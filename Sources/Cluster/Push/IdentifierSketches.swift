internal import Files
internal import Questions
internal import Times

/// Of each day and gateway of a batch the smallest hashes of ids, by which it is estimated how many ids
/// two gateways have logged both: a "bottom-k sketch" (<https://doi.org/10.1145/1281192.1281295>). Those
/// of several batches together are the smallest of all of theirs.
struct IdentifierSketches {
  static let most = 128

  private struct Key: Hashable {
    /// Milliseconds since the epoch.
    var day: Int64
    var gateway: String
  }

  private var keys: [Key: Int] = [:]
  private var names: [Key] = []
  private var hashes: [[UInt64]] = []
  /// Of each event of the batch the key's place; -1 of those without a time.
  private var ofEvents: [Int32] = []
  /// The key of the event before, which most have as well.
  private var last: (key: Key, gateway: [UInt8], number: Int)?

  /// Events come in the order of their places.
  mutating func note(_ event: BatchEvent) {
    guard let time = event.time else { return ofEvents.append(-1) }
    let day = time.rounded(downTo: Milliseconds.day)
    if let last, last.key.day == day,
      event.gateway.map({ last.gateway.elementsEqual($0) })
        ?? last.gateway.isEmpty
    {
      return ofEvents.append(Int32(clamping: last.number))
    }
    let gateway = event.gateway.map { Array($0) } ?? []
    let key = Key(day: day, gateway: String(decoding: gateway, as: UTF8.self))
    let number = keys[key] ?? names.count
    if number == names.count {
      keys[key] = number
      names.append(key)
      hashes.append([])
    }
    last = (key, gateway, number)
    ofEvents.append(Int32(clamping: number))
  }

  /// - Parameter event: the place of the one that carries the id.
  mutating func note(_ hash: UInt64, of event: Int) {
    let key = Int(ofEvents[event])
    if key >= 0 { hashes[key].append(hash) }
  }

  /// In the order of days and gateways.
  var all: [(day: Int64, gateway: String, hashes: [UInt64])] {
    names.indices.sorted { (names[$0].day, names[$0].gateway) < (names[$1].day, names[$1].gateway) }
      .map { place in
        var kept: [UInt64] = []
        for hash in hashes[place].sorted() where hash != kept.last {
          if kept.count == IdentifierSketches.most { break }
          kept.append(hash)
        }
        return (names[place].day, names[place].gateway, kept)
      }
  }
}
