internal import Batches
internal import CXXHash
internal import Events
internal import Files
internal import Glibc
internal import JSON
internal import Profiles

/// What error bodies came to, so that the same body, of the same vendor and with the same status, need
/// not be read again: most that come have come before, but for the request ids in them.
///
/// Bodies are compared as a whole, but for the id of vendors whose profiles tell that nothing else
/// depends on it. What is asked for every line is plain memory, so that asking counts no references.
final class BodyMemory {
  /// What a body came to.
  struct Meaning {
    var code: Word
    var message: Word
    var details: Word
    var kind: Kind
    /// Whether its rule is one for codes.
    var isToldByCode: Bool
    /// Milliseconds.
    var retryAfter: Int64?
    var upstreamStatus: Int
    /// Where in the body its message stands; nil where there is none.
    var messagePlace: Int?
  }

  private struct Entry {
    /// Of its bytes; 0 where there is no entry.
    var count = 0
    var meaning: Meaning?
  }

  private struct Vendor {
    /// Where its bodies have request ids that tell nothing else.
    var idPlaces: BodyProfile.Paths?
    /// How far its bodies are worth asking for: two for each that came before, less one for each that
    /// did not. Of a vendor whose bodies never come again only some are.
    var credit = Vendor.most
    var passedOver = 0

    static let most = 256
    private static let distance = 64

    /// Whether the next body is asked for.
    mutating func asks() -> Bool {
      if credit > 0 { return true }
      passedOver = (passedOver + 1) % Vendor.distance
      return passedOver == 0
    }

    mutating func count(isKnown: Bool) {
      credit = isKnown ? min(credit + 2, Vendor.most) : max(credit - 1, 0)
    }
  }

  /// By their places among the profiles; first what stands for all without one.
  private let vendors: UnsafeMutablePointer<Vendor>
  private let entries = UnsafeMutablePointer<Entry>.allocate(capacity: BodyMemory.most)
  /// The bodies of the entries.
  private let bodies = UnsafeMutablePointer<UInt8>.allocate(
    capacity: BodyMemory.most * BodyMemory.room)
  /// The body asked for last, and the place of its entry; no bytes where it is too long, or was passed
  /// over.
  private let asked = UnsafeMutablePointer<UInt8>.allocate(capacity: BodyMemory.room)
  private var askedCount = 0
  private var place = 0
  /// The request id of the body asked for last, which was not compared.
  private(set) var id: Bytes?

  private static let most = 1 << 11
  /// Longer bodies are read each time.
  private static let room = 512
  /// Vendor and status stand in front.
  private static let head = 8

  init(_ vendors: [VendorProfile]) {
    self.vendors = .allocate(capacity: vendors.count + 1)
    self.vendors.initialize(to: Vendor())
    for (place, profile) in vendors.enumerated() {
      let isApart = profile.isPlain && profile.body.idStandsApart
      (self.vendors + place + 1).initialize(
        to: Vendor(idPlaces: isApart ? profile.body.requestID : nil))
    }
    entries.initialize(repeating: Entry(), count: BodyMemory.most)
  }

  deinit {
    vendors.deallocate()
    entries.deallocate()
    bodies.deallocate()
    asked.deallocate()
  }

  /// Words mean something else from now on.
  func forget() {
    entries.update(repeating: Entry(), count: BodyMemory.most)
  }

  /// What a body came to before; nil where it did not come, or was forgotten.
  ///
  /// - Parameter vendor: the vendor's place among the profiles; -1 for one without.
  func meaning(of body: JSONValue, vendor: Int, status: Int32) -> Meaning? {
    askedCount = 0
    id = nil
    guard vendors[vendor + 1].asks() else { return nil }
    id = vendors[vendor + 1].idPlaces.flatMap { requestID(in: firstError(of: body), at: $0) }
    let rest = UnsafeMutableBufferPointer(
      start: asked + BodyMemory.head, count: BodyMemory.room - BodyMemory.head)
    guard let count = body.flatten(into: rest, hiding: id) else { return nil }
    let head = UnsafeMutableRawPointer(asked)
    head.storeBytes(of: Int32(vendor), as: Int32.self)
    head.storeBytes(of: status, toByteOffset: 4, as: Int32.self)
    askedCount = BodyMemory.head + count
    place = Int(truncatingIfNeeded: XXH3_64bits(asked, askedCount)) & (BodyMemory.most - 1)
    let isKnown =
      entries[place].count == askedCount
      && memcmp(bodies + place * BodyMemory.room, asked, askedCount) == 0
    vendors[vendor + 1].count(isKnown: isKnown)
    return isKnown ? entries[place].meaning : nil
  }

  /// Whether the body asked for last can be kept: it is not too long, and worth it.
  var canKeep: Bool { askedCount > 0 }

  /// Remembers what the body asked for last came to.
  func keep(_ meaning: Meaning) {
    guard canKeep else { return }
    memcpy(bodies + place * BodyMemory.room, asked, askedCount)
    entries[place] = Entry(count: askedCount, meaning: meaning)
  }
}
