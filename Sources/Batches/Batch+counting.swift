internal import Events
internal import Times

// Counting responses by minute, by quarter of an hour and by route.
extension Batch {
  package func countSuccess(time: Int64?, vendor: Word, gateway: Word, status: Int) {
    if let time {
      let key = MinuteKey(minute: time / Milliseconds.minute, vendor: vendor, gateway: gateway)
      minutes[key, default: .zero] += MinuteCounts(status: Int64(status), kind: nil)
    }
    let key = TrafficKey(
      quarter: time.map(quarter), vendor: vendor, gateway: gateway, status: Int32(status), code: 0,
      kind: nil)
    traffic[key, default: 0] += 1
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
          overflow: &self.minutes)
      }
      let key = TrafficKey(
        quarter: row.time.map(quarter), vendor: row.vendor, gateway: row.gateway,
        status: row.status, code: row.code, kind: row.kind)
      let what = Int(row.vendor) &* 31 &+ Int(row.code) &* 7 &+ Int(row.status)
      traffic.add(1, to: key, at: what, overflow: &self.traffic)
    }
    minutes.flush(to: &self.minutes)
    traffic.flush(to: &self.traffic)
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
