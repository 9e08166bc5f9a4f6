internal import Files
internal import JSON
internal import Profiles
internal import Times

/// When a limit begins anew, by the name of a member that no profile knows: `rateLimitNext`,
/// `time_remaining`, `nextAllowedRequestAt`.
struct ResetWalk {
  /// Milliseconds; nil where no member says so.
  private(set) var delay: Int64?
  private var members = 0

  private static let mostMembers = 100
  private static let mostDepth = 4
  /// Nobody waits longer than a month and a day for a limit.
  private static let longest: Int64 = 32 * 86_400_000

  init(_ body: JSONValue, time: Int64?, zone: Zone) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: MemberRole.longest) { room in
      visit(body, depth: 0, time, zone, room)
    }
  }

  private mutating func visit(
    _ object: JSONValue, depth: Int, _ time: Int64?, _ zone: Zone,
    _ room: UnsafeMutableBufferPointer<UInt8>
  ) {
    guard depth < ResetWalk.mostDepth, !hasSomeLeft(object, room) else { return }
    for (name, value) in object.members {
      members += 1
      guard delay == nil, members <= ResetWalk.mostMembers else { return }
      if value.isObject {
        // What headers say is read where they are.
        if ResetWalk.others.contains(where: { name.isEqual(ignoringCase: $0) }) { continue }
        visit(value, depth: depth + 1, time, zone, room)
      } else if let first = value.element(0), first.isObject {
        visit(first, depth: depth + 1, time, zone, room)
      } else if value.isString || value.number != nil {
        let word = MemberRole.plain(name, room)
        guard ResetWalk.names.isHeld(in: word) else { continue }
        delay = ResetWalk.delay(value, word, time: time, zone: zone)
      }
    }
  }

  /// Whether it is said that some of the limit is left.
  private func hasSomeLeft(
    _ object: JSONValue, _ room: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    object.members.contains { name, value in
      guard let number = value.number ?? value.string?.number, number > 0 else { return false }
      let word = MemberRole.plain(name, room)
      return word.ends(with: "remaining") && !ResetWalk.names.isHeld(in: word)
    }
  }

  private static let others: [StaticString] = ["headers", "header", "request", "config"]

  private static func delay(
    _ value: JSONValue, _ name: Bytes, time: Int64?, zone: Zone
  ) -> Int64? {
    guard var delay = parseReset(value, time: time, zone: zone) else { return nil }
    let isNumber = value.number ?? value.string?.number != nil
    if isNumber, inMilliseconds.contains(where: { name.ends(with: $0) }) { delay /= 1000 }
    return delay > 0 && delay <= longest ? delay : nil
  }

  private static let names = NamePieces([
    "retryafter", "retryin", "retryat", "retrydelay", "retrytime", "resetin", "resetat",
    "resetafter", "resettime", "resetsin", "resetsat", "resetdate", "resetms", "resetseconds",
    "untilreset", "toreset", "limitreset", "timeremaining", "remainingtime", "remainingseconds",
    "secondsremaining", "waittime", "waitseconds", "waitms", "waitfor", "limitnext", "nextrequest",
    "nextallowed", "nexttry", "nextattempt", "nextretry", "nextavailable", "availablein",
    "availableat", "availableafter", "cooldown", "backoff", "tryagain", "unblock", "unlockat",
    "blockeduntil", "lockeduntil", "banneduntil", "lockoutend", "quotareset", "refillat",
    "refillin",
    "reopensat",
  ])
  private static let inMilliseconds: [StaticString] = ["ms", "millis", "milliseconds", "msec"]
}
