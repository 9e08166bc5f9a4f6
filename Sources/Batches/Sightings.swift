/// Which gateways wrote the lines of an import, which vendors answered, and how much stayed
/// unclear. It is shown and not stored.
package struct Sightings: Sendable, Equatable {
  /// Responses by the gateway that logged them.
  package var gateways: [String: Int64] = [:]
  /// Responses by vendor, without those of the other hosts.
  package var vendors: [String: Int64] = [:]
  /// Responses of hosts that the store has no room for.
  package var otherHosts: Int64 = 0
  /// Events without a code, of vendors that send codes.
  package var withoutCode: Int64 = 0
  package var withoutVendor: Int64 = 0
  package var withoutTime: Int64 = 0
  /// Those of them that have a time, but one that is more than a day ahead of the clock.
  package var ahead: Int64 = 0
  package var ofUnknownKind: Int64 = 0
  /// An event of which something is unclear.
  package var example: Example?
  /// What was passed over as no API response.
  package var skipped = SkippedRecords()

  package struct Example: Sendable, Equatable {
    /// The log; filled in by whoever knows it.
    package var path = ""
    /// Where its line starts: decompressed bytes from the start of the log.
    package var offset: Int64
    /// The greater, the more there is to learn from it.
    package var weight: Int

    package init(offset: Int64, weight: Int) {
      self.offset = offset
      self.weight = weight
    }
  }

  package init() {}

  package var isClear: Bool {
    withoutCode + withoutVendor + withoutTime + ofUnknownKind == 0
  }

  package static func += (total: inout Sightings, part: Sightings) {
    total.gateways.merge(part.gateways, uniquingKeysWith: +)
    total.vendors.merge(part.vendors, uniquingKeysWith: +)
    total.otherHosts += part.otherHosts
    total.withoutCode += part.withoutCode
    total.withoutVendor += part.withoutVendor
    total.withoutTime += part.withoutTime
    total.ahead += part.ahead
    total.ofUnknownKind += part.ofUnknownKind
    total.skipped += part.skipped
    if (part.example?.weight ?? 0) > (total.example?.weight ?? 0) { total.example = part.example }
  }
}
