internal import Events
internal import Times

// Counting responses by minute, by quarter of an hour and by route.
extension Batch {
  /// What was answered by minute.
  package var minutes: [MinuteKey: MinuteCounts] {
    get {
      addSuccesses()
      return countedMinutes
    }
    set {
      addSuccesses()
      countedMinutes = newValue
    }
  }

  /// The same by quarter of an hour.
  package var traffic: [TrafficKey: Int64] {
    get {
      addSuccesses()
      return countedTraffic
    }
    set {
      addSuccesses()
      countedTraffic = newValue
    }
  }

  package func countSuccess(time: Int64?, vendor: Word, gateway: Word, status: Int) {
    guard let time else {
      let key = TrafficKey(
        quarter: nil, vendor: vendor, gateway: gateway, status: Int32(status), code: 0, kind: nil)
      return countedTraffic[key, default: 0] += 1
    }
    hasSuccesses = true
    successes.add(
      minute: time / Milliseconds.minute, vendor: vendor, gateway: gateway, status: Int32(status),
      move: addSuccesses)
  }

  /// Adds what has been counted to minutes and quarters.
  func addSuccesses() {
    guard hasSuccesses else { return }
    hasSuccesses = false
    successes.flush(addSuccesses)
  }

  private func addSuccesses(
    minute: Int64, vendor: Word, gateway: Word, status: Int32, count: Int64
  ) {
    let key = MinuteKey(minute: minute, vendor: vendor, gateway: gateway)
    countedMinutes[key, default: .zero] += MinuteCounts(
      status: Int64(status), kind: nil, count: count)
    let traffic = TrafficKey(
      quarter: minute / 15, vendor: vendor, gateway: gateway, status: status, code: 0, kind: nil)
    countedTraffic[traffic, default: 0] += count
  }

  /// Counts all events of the batch.
  package func countErrors() {
    let minutes = RecentSums<MinuteKey, MinuteCounts>()
    let traffic = RecentSums<TrafficKey, Int64>()
    for row in rows {
      if let time = row.time {
        let key = MinuteKey(
          minute: time / Milliseconds.minute, vendor: row.vendor, gateway: row.gateway)
        let place = Int(truncatingIfNeeded: key.minute &* 31) &+ Int(row.vendor)
        minutes.add(
          MinuteCounts(status: Int64(row.status), kind: row.kind), to: key, at: place,
          overflow: &countedMinutes)
      }
      let key = TrafficKey(
        quarter: row.time.map(quarter), vendor: row.vendor, gateway: row.gateway,
        status: row.status, code: row.code, kind: row.kind)
      let what = Int(row.vendor) &* 31 &+ Int(row.code) &* 7 &+ Int(row.status)
      traffic.add(1, to: key, at: what, overflow: &countedTraffic)
    }
    minutes.flush(to: &countedMinutes)
    traffic.flush(to: &countedTraffic)
    countRoutes()
  }

  /// Counts the events with a time by route and by who answered.
  package func countRoutes() {
    rows.withUnsafeBufferPointer { rows in
      for place in rows.indices {
        if let time = rows[place].time { routes.add(rows[place], quarter: quarter(time)) }
      }
    }
  }

  private func quarter(_ time: Int64) -> Int64 { time / (15 * Milliseconds.minute) }
}
