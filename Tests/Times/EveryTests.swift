import Testing
import Times

@Suite struct EveryTests {
  private func starts(_ every: String, _ since: String, _ until: String, in name: String) throws
    -> [String]
  {
    let zone = try Zone(named: name)
    let range = TimeRange(since: at(since, in: zone), until: at(until, in: zone))
    return try Every(every).buckets(covering: range, zone: zone).map {
      formatLocal($0.since, zone: zone)
    }
  }

  @Test func `hours start on the hour`() throws {
    #expect(
      try starts("1h", "2026-11-20T14:02", "2026-11-20T16:00", in: "Asia/Kathmandu")
        == ["2026-11-20 14:00", "2026-11-20 15:00"])
  }

  @Test func `buckets cover the range and are not cut to it`() throws {
    let range = TimeRange(since: at("2026-11-20T14:02"), until: at("2026-11-21T00:00:00.001"))
    let buckets = try Every.day.buckets(covering: range, zone: .utc)
    #expect(
      buckets == [
        TimeRange(since: at("2026-11-20"), until: at("2026-11-21")),
        TimeRange(since: at("2026-11-21"), until: at("2026-11-22")),
      ])
  }

  @Test func `two-hour buckets follow elapsed time on the day clocks go forward`() throws {
    #expect(
      try starts("2h", "2026-03-29", "2026-03-30", in: "Europe/Berlin")
        == ["00", "03", "05", "07", "09", "11", "13", "15", "17", "19", "21", "23"]
        .map { "2026-03-29 \($0):00" })
  }

  @Test(arguments: [
    ("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-20", 24),
  ])
  func `a day has the hours its clocks give it`(date: String, hours: Int) throws {
    let zone = try Zone(named: "Europe/Berlin")
    let noon = at(date + "T12:00", in: zone)
    let day = Every.day.bucket(of: noon, zone: zone)
    #expect(day.length == Int64(hours) * 3_600_000)
    #expect(try Every.hour.buckets(covering: day, zone: zone).count == hours)
    #expect(try Every("1d").bucket(of: noon, zone: zone).since == day.since)
    #expect(Every.day.bucket(of: day.since, zone: zone).until == day.until)
  }

  @Test(arguments: [
    ("7d", "2026-11-16 00:00"), ("1w", "2026-11-16 00:00"), ("168h", "2026-11-16 00:00"),
    ("2w", "2026-11-16 00:00"), ("2d", "2026-11-19 00:00"), ("10d", "2026-11-13 00:00"),
    ("90m", "2026-11-20 13:30"), ("7h", "2026-11-20 14:00"), ("30s", "2026-11-20 14:02"),
  ])
  func `a bucket starts where it should`(every: String, start: String) throws {
    let zone = try Zone(named: "Europe/Berlin")
    let time = try Every(every).bucket(of: at("2026-11-20T14:02:05", in: zone), zone: zone).since
    #expect(formatLocal(time, zone: zone) == start)
  }

  @Test(arguments: [
    ("Europe/Berlin", "2026-03-20", "2026-04-05"), ("Europe/Berlin", "2026-10-20", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-03-30", "2026-04-10"),
    ("Australia/Lord_Howe", "2026-09-28", "2026-10-10"),
    // Midnight is skipped in Beirut, shown twice in Havana; the clocks of St John's went back from
    // 00:01 into the day before; Apia had no 30 December.
    ("Asia/Beirut", "2026-03-25", "2026-04-02"), ("America/Havana", "2026-10-28", "2026-11-05"),
    ("America/St_Johns", "2006-10-25", "2006-11-02"), ("Pacific/Apia", "2011-12-25", "2012-01-04"),
    ("America/New_York", "2045-03-05", "2045-03-20"),
  ])
  func `buckets neither overlap nor leave holes`(name: String, since: String, until: String) throws
  {
    let zone = try Zone(named: name)
    let range = TimeRange(since: at(since, in: zone) + 1, until: at(until, in: zone))
    for text in ["15m", "1h", "90m", "2h", "7h", "1d", "2d", "3d", "1w", "2w"] {
      let every = try Every(text)
      let buckets = try every.buckets(covering: range, zone: zone)
      #expect(buckets.first?.contains(range.since) == true)
      #expect(buckets.last?.contains(range.until - 1) == true)
      for (bucket, next) in zip(buckets, buckets.dropFirst()) {
        #expect(bucket.until == next.since && !bucket.isEmpty, "\(text) at \(bucket)")
      }
      for bucket in buckets {
        #expect(every.bucket(of: bucket.since, zone: zone) == bucket)
        #expect(every.bucket(of: bucket.until - 1, zone: zone) == bucket)
      }
    }
  }

  @Test(arguments: [
    ("60m", "1h"), ("90m", "90m"), ("24h", "1d"), ("7d", "1w"), ("14d", "14d"), ("2w", "2w"),
    ("3600s", "1h"), ("45s", "45s"), ("1D", "1d"),
  ])
  func `a length is written in the shortest way`(text: String, shortest: String) throws {
    #expect(try Every(text).text == shortest)
  }

  @Test(arguments: [
    "", "h", "0h", "-1h", "1", "1x", "1.5h", "1h30m", " 1h", "hour", "36h", "25h", "90000s",
    "9999d", "9999999w", "99999999999999999999h",
  ])
  func `what is no length is an error with a hint`(text: String) {
    let error = #expect(throws: TimeError.self) { try Every(text) }
    #expect(error?.message.contains("“\(text)”") == true)
    #expect(error?.hint.isEmpty == false)
  }

  @Test func `too many buckets are an error, an empty range has none`() throws {
    let all = TimeRange(since: .min, until: .max)
    #expect(throws: TimeError.self) { try Every("1s").buckets(covering: all, zone: .utc) }
    let none = TimeRange(since: .max, until: .min)
    #expect(try Every.hour.buckets(covering: none, zone: .utc).isEmpty)
    #expect(none.length == 0 && all.length == .max)
  }

  @Test func `the ends of time do not trap`() throws {
    let zone = try Zone(named: "Europe/Berlin")
    for time in [Int64.min, .max] {
      for every in [Every.hour, .day, .week] {
        #expect(!every.bucket(of: time, zone: zone).isEmpty)
      }
    }
  }
}
