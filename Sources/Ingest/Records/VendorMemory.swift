internal import Batches
internal import Files
internal import Glibc

/// Which vendor answered, by the values that tell it as they stand in a record: most records name one
/// of a few.
struct VendorMemory: ~Copyable {
  private var keys = WordTable()
  private var vendors: ContiguousArray<Word> = []
  /// The values asked about last.
  private let key = UnsafeMutableRawBufferPointer.allocate(byteCount: longest, alignment: 8)
  private var count = 0
  /// Whether their vendor is not known yet.
  private var isMissing = false

  private static let longest = 1024
  /// Strangers name hosts: what is remembered stays small.
  private static let most = 4096

  deinit { key.deallocate() }

  /// The number of the vendor of a record with such values; nil where it is not known, or cannot be.
  @inline(__always)
  mutating func vendor(of plan: SuccessPlan, _ text: (Int) -> Bytes?) -> Word? {
    isMissing = false
    key.storeBytes(of: plan.vendorFields.names, as: UInt8.self)
    key.storeBytes(of: plan.vendorFields.hosts, toByteOffset: 1, as: UInt8.self)
    key.storeBytes(of: plan.vendorFields.services, toByteOffset: 2, as: UInt8.self)
    count = 3
    let names = Int(plan.vendorFields.names)
    let hosts = names..<names + Int(plan.vendorFields.hosts)
    for (number, place) in plan.vendor.enumerated() {
      let value = text(place)
      // Of a URL the host alone says who answered: its path is another in each line.
      let isOfURL = hosts.contains(number) && value.map(isURL) ?? false
      guard add(isOfURL ? value.flatMap(hostName(ofURL:)) : value, isOfURL: isOfURL) else {
        return nil
      }
    }
    guard let number = keys.find(used) else {
      isMissing = true
      return nil
    }
    return vendors[Int(number) - 1]
  }

  /// With its length and its sort before it, so that no two rows of values are alike; false where there is no
  /// room, or no host in a URL.
  @inline(__always)
  private mutating func add(_ text: Bytes?, isOfURL: Bool) -> Bool {
    let length = text?.count ?? -1
    guard !isOfURL || length > 0, count + 4 + max(length, 0) <= key.count,
      let base = key.baseAddress
    else { return false }
    (base + count).storeBytes(
      of: Int32(truncatingIfNeeded: length << 1 | (isOfURL ? 1 : 0)), as: Int32.self)
    count += 4
    if let text, let start = text.baseAddress {
      memcpy(base + count, start, length)
      count += length
    }
    return true
  }

  private var used: Bytes { Bytes(rebasing: key.bindMemory(to: UInt8.self)[..<count]) }

  /// Notes the vendor of the values asked about last, where it was not known.
  mutating func note(_ vendor: Word) {
    guard isMissing else { return }
    isMissing = false
    if vendors.count >= VendorMemory.most {
      keys.clear()
      vendors.removeAll(keepingCapacity: true)
    }
    _ = keys.number(of: used)
    vendors.append(vendor)
  }

  /// The values asked about last are of no further interest.
  mutating func pass() { isMissing = false }
}
