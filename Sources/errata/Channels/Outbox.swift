internal import Channels
internal import Store
internal import Times

/// What `check` found and is told elsewhere: remembered first, in the transaction that remembers that it
/// was found, and forgotten once it has arrived. So it is told, however often errata is ended meanwhile,
/// and not twice.
///
/// Where errata ends while it sends, nobody knows whether that arrived. Webhooks and mail get it once more,
/// under the same key; Slack and Teams know no keys, and do not get it again.
struct Outbox {
  let writer: CheckWriter
  let store: Store
  let sender: Sender

  /// Tells what waits, each channel by itself; says whether there is nothing left that went wrong.
  func empty(to routes: [Sender.Route]) throws -> Bool {
    guard let lock = OutboxLock(store, patience: 2 * sender.patience) else {
      Complaint(
        "another errata is telling what it found, and takes long",
        hint: "What waits is told by the next check."
      ).say()
      return false
    }
    return try withExtendedLifetime(lock) {
      var isWell = true
      for route in routes {
        let isTold = try tell(route)
        isWell = isWell && isTold
      }
      return isWell
    }
  }

  private func tell(_ route: Sender.Route) throws -> Bool {
    var waiting = try writer.deliveries(to: route.channel.identity)[...]
    var isWell = true
    func giveUp(_ delivery: Delivery, _ reason: String, hint: String? = nil) throws {
      isWell = false
      try writer.end(delivery)
      var complaint = Complaint(
        "is not told what was found at \(formatTime(delivery.made)): \(reason)", hint: hint)
      complaint.subject = route.words
      complaint.say()
    }
    while waiting.count > CheckWriter.mostDeliveries, let oldest = waiting.popFirst() {
      try giveUp(oldest, "too much waits for it")
    }
    for delivery in waiting {
      let now = Clock.now
      if delivery.made < now - CheckWriter.longestDelivery {
        try giveUp(delivery, "it could not be told for seven days")
        continue
      }
      if delivery.isBegun, !route.channel.knowsKeys {
        try giveUp(
          delivery, "errata was ended while it told that, which may have arrived",
          hint: "It is not sent again: nobody could see that it is the same.")
        continue
      }
      // Nobody is left alone for longer than a day: a clock was wrong.
      if delivery.after > now, delivery.after <= now + Milliseconds.day { return isWell }
      var unwritten: (any Error)?
      do throws(ChannelError) {
        try sender.send(delivery.body, key: delivery.key, to: route) {
          isTrying throws(ChannelError) in
          do {
            if isTrying {
              try writer.begin(delivery)
            } else {
              try writer.postpone(delivery, until: delivery.after)
            }
          } catch {
            unwritten = error
            throw ChannelError(.own, "the store cannot be written")
          }
        }
      } catch {
        if let unwritten { throw unwritten }
        switch error.cause {
        case .doubt where !route.channel.knowsKeys:
          try giveUp(
            delivery, "it \(error.message)",
            hint:
              "It may have arrived, and is not sent again: nobody could see that it is the same.")
          return false
        case .refused(400), .refused(413), .refused(422):
          try giveUp(delivery, "it \(error.message)", hint: error.hint)
          continue
        default: break
        }
        try writer.postpone(delivery, until: Clock.now + (error.retryAfter ?? 0))
        var complaint = Complaint(error)
        if error.hint == nil { complaint.hint = "The next check tries again." }
        complaint.say()
        return false
      }
      try writer.end(delivery)
    }
    return isWell
  }
}
