internal import Times

/// What responses of a batch said of quotas that last for hours and longer: of each consumer's
/// quota and each hour what the last response said.
package struct QuotaSightings {
  /// A quota in an hour.
  package struct Key: Hashable {
    package var vendor: Word
    package var gateway: Word
    /// 0 where it is not known.
    package var consumer: Word
    /// What its headers call it; empty where they have no name for it.
    package var name: String
    /// Since the epoch.
    package var hour: Int64

    package init(vendor: Word, gateway: Word, consumer: Word, name: String, hour: Int64) {
      self.vendor = vendor
      self.gateway = gateway
      self.consumer = consumer
      self.name = name
      self.hour = hour
    }
  }

  /// What a response said.
  package struct Sighting: Equatable {
    /// Milliseconds since the epoch, as `reset` is.
    package var time: Int64
    /// How much there is of it in all; nil where the response does not say.
    package var limit: Int64?
    package var remaining: Int64
    /// When it begins anew; nil where the response does not say.
    package var reset: Int64?

    package init(time: Int64, limit: Int64?, remaining: Int64, reset: Int64?) {
      self.time = time
      self.limit = limit
      self.remaining = remaining
      self.reset = reset
    }
  }

  package private(set) var latest: [Key: Sighting] = [:]

  /// A batch has no more; the rest is passed over.
  private static let most = 1 << 14

  package init() {}

  package mutating func add(
    _ sighting: Sighting, vendor: Word, gateway: Word, consumer: Word, name: String
  ) {
    let hour = sighting.time / Milliseconds.hour
    let key = Key(
      vendor: vendor, gateway: gateway, consumer: consumer, name: name, hour: hour)
    if let known = latest[key] {
      if known.time <= sighting.time { latest[key] = sighting }
    } else if latest.count < QuotaSightings.most {
      latest[key] = sighting
    }
  }

  /// Gives vendors other numbers. Where two quotas become one by that, the later sighting stays.
  mutating func rename(_ vendor: (Word) -> Word) {
    let all = latest
    latest.removeAll(keepingCapacity: true)
    for (key, sighting) in all {
      add(
        sighting, vendor: vendor(key.vendor), gateway: key.gateway, consumer: key.consumer,
        name: key.name)
    }
  }

  package mutating func removeAll() {
    if !latest.isEmpty { latest.removeAll(keepingCapacity: true) }
  }
}
