internal import Files

/// The ids of one event, each once, as hashes.
final class EventIdentifiers {
  private let seed: UInt64
  private let room = UnsafeMutablePointer<UInt64>.allocate(capacity: EventIdentifiers.most)
  /// The texts hashed. One text is often the candidate of several fields: it is hashed once.
  private let texts = UnsafeMutablePointer<Bytes>.allocate(capacity: EventIdentifiers.most)
  private var count = 0
  /// Called with every id that is added.
  var onNew: ((Bytes) -> Void)?

  /// An event has no more: the two fields that hold ids have fewer candidates together.
  private static let most = 64

  init(seed: UInt64) {
    self.seed = seed
  }

  deinit {
    room.deallocate()
    texts.deallocate()
  }

  /// Starts with the next event.
  func begin() {
    count = 0
  }

  /// Adds an id, unless it is among them.
  func add(_ id: Bytes) {
    guard count < EventIdentifiers.most else { return }
    for place in 0..<count
    where texts[place].baseAddress == id.baseAddress && texts[place].count == id.count { return }
    let hash = identifierHash(id, seed: seed)
    for place in 0..<count where room[place] == hash { return }
    room[count] = hash
    texts[count] = id
    count += 1
    onNew?(id)
  }

  /// Valid until the next event begins.
  var hashes: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: room, count: count) }
}
