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

  /// What is known of an event, and told of its ids.
  private struct Place {
    var time: Int64
    var key: Int?
  }

  private var keys: [Key: Int] = [:]
  private var names: [Key] = []
  private var hashes: [[UInt64]] = []
  private var places: [Int64: Place] = [:]

  mutating func note(_ event: BatchEvent) {
    guard let time = event.time else { return }
    let key = Key(
      day: time.rounded(downTo: Milliseconds.day),
      gateway: event.gateway.map { String(decoding: $0, as: UTF8.self) } ?? "")
    let number = keys[key] ?? names.count
    if number == names.count {
      keys[key] = number
      names.append(key)
      hashes.append([])
    }
    places[event.number] = Place(time: time, key: number)
  }

  /// Returns the time of the event that carries the id; 0 where it has none.
  mutating func note(_ hash: UInt64, of event: Int64) -> Int64 {
    guard let place = places[event] else { return 0 }
    if let key = place.key { hashes[key].append(hash) }
    return place.time
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
