internal import Batches
internal import CXXHash
internal import Events
internal import Files
internal import Glibc
internal import JSON
internal import Profiles

/// What was read of error bodies, so that the same body, of the same vendor and with the same
/// status, need not be read again: most bodies have come before, but for the request ids in them.
///
/// Bodies are compared as a whole. Of vendors whose profiles say that nothing depends on the
/// request id, it is left out. What is asked for every line is plain memory, so that asking counts
/// no references.
struct BodyCache: ~Copyable {
  /// What was read of a body.
  struct Meaning {
    var code: Word
    var message: Word
    var details: Word
    var kind: Kind
    /// Whether its kind was told by its code.
    var isToldByCode: Bool
    /// Milliseconds.
    var retryAfter: Int64?
    var upstreamStatus: Int
    /// Where in the body its message stands; nil where there is none.
    var messagePlace: Int?
  }

  private struct Entry {
    /// How many bytes the body has; 0 where there is no entry.
    var count = 0
    var meaning: Meaning?
  }

  private struct Vendor {
    /// Where its bodies have request ids on which nothing else depends.
    var idPlaces: BodyProfile.Paths?
    /// How much its bodies repeat: each that was known adds two, each that was new takes one away.
    /// While it is 0, looking a body up costs more than it saves.
    var repetition = Vendor.mostRepetition
    var passedOver = 0

    private static let mostRepetition = 256
    /// Of a vendor whose bodies do not repeat, one in so many is looked up, as that may change.
    private static let distance = 64

    /// Whether the next body is looked up.
    mutating func looksUp() -> Bool {
      if repetition > 0 { return true }
      passedOver = (passedOver + 1) % Vendor.distance
      return passedOver == 0
    }

    mutating func count(isKnown: Bool) {
      repetition = isKnown ? min(repetition + 2, Vendor.mostRepetition) : max(repetition - 1, 0)
    }
  }

  /// By their places among the profiles; the first stands for all vendors without one.
  private let vendors: UnsafeMutablePointer<Vendor>
  private let entries = UnsafeMutablePointer<Entry>.allocate(capacity: BodyCache.most)
  /// The bodies of the entries, each in room of one size.
  private let bodies = UnsafeMutablePointer<UInt8>.allocate(
    capacity: BodyCache.most * BodyCache.room)
  /// The body looked up last, and the place of its entry; no bytes where it is too long, or was not
  /// looked up.
  private let asked = UnsafeMutablePointer<UInt8>.allocate(capacity: BodyCache.room)
  private var askedCount = 0
  private var place = 0
  /// The request id of the body looked up last, which was not compared.
  private(set) var id: Bytes?

  private static let most = 1 << 11
  /// Longer bodies are read each time.
  private static let room = 512
  /// Before each body stand its vendor and its status, four bytes each.
  private static let head = 8

  init(_ vendors: [VendorProfile]) {
    self.vendors = .allocate(capacity: vendors.count + 1)
    self.vendors.initialize(to: Vendor())
    for (place, profile) in vendors.enumerated() {
      let isApart = profile.isPlain && profile.body.idStandsApart
      (self.vendors + place + 1).initialize(
        to: Vendor(idPlaces: isApart ? profile.body.requestID : nil))
    }
    entries.initialize(repeating: Entry(), count: BodyCache.most)
  }

  deinit {
    vendors.deallocate()
    entries.deinitialize(count: BodyCache.most)
    entries.deallocate()
    bodies.deallocate()
    asked.deallocate()
  }

  /// What was read of a body when it came before; nil where it did not, or another took its place.
  ///
  /// - Parameter vendor: the vendor's place among the profiles; -1 for one without.
  mutating func meaning(of body: JSONValue, vendor: Int, status: Int32) -> Meaning? {
    askedCount = 0
    id = nil
    guard vendors[vendor + 1].looksUp() else { return nil }
    id = vendors[vendor + 1].idPlaces.flatMap { requestID(in: firstError(of: body), at: $0) }
    let rest = UnsafeMutableBufferPointer(
      start: asked + BodyCache.head, count: BodyCache.room - BodyCache.head)
    guard let count = body.flatten(into: rest, hiding: id) else { return nil }
    let head = UnsafeMutableRawPointer(asked)
    head.storeBytes(of: Int32(vendor), as: Int32.self)
    head.storeBytes(of: status, toByteOffset: 4, as: Int32.self)
    askedCount = BodyCache.head + count
    place = Int(truncatingIfNeeded: XXH3_64bits(asked, askedCount)) & (BodyCache.most - 1)
    let isKnown =
      entries[place].count == askedCount
      && memcmp(bodies + place * BodyCache.room, asked, askedCount) == 0
    vendors[vendor + 1].count(isKnown: isKnown)
    return isKnown ? entries[place].meaning : nil
  }

  /// Whether the body looked up last can be kept: it is not too long.
  var canKeep: Bool { askedCount > 0 }

  /// Remembers what was read of the body looked up last.
  func keep(_ meaning: Meaning) {
    guard canKeep else { return }
    memcpy(bodies + place * BodyCache.room, asked, askedCount)
    entries[place] = Entry(count: askedCount, meaning: meaning)
  }
}
