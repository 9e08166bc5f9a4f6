import Analysis
import Testing

private let monday = Scenario.start

private func time(_ minute: Int) -> Int64 { monday + Int64(minute) * 60_000 }

/// A vendor called once a minute for two weeks, of which every hundredth call fails.
private func steady(days: Int = 14) -> VendorMinutes {
  let none = Array(repeating: Int32(0), count: days * 1440)
  let errors = none.indices.map { $0 % 100 == 0 ? Int32(1) : 0 }
  return VendorMinutes(
    requests: none.map { _ in 1 }, serverErrors: errors, unanswered: none, rejections: none,
    refusals: none, others: none)
}

private func found(_ vendor: VendorMinutes) -> IncidentFindings {
  incidents(of: vendor, from: monday, localMinutes: { _ in 0 })
}

@Suite struct IncidentTests {
  @Test func `nothing has no incidents`() {
    #expect(found(VendorMinutes()) == IncidentFindings())
    #expect(found(steady()) == IncidentFindings())
  }

  @Test func `an outage has its minutes, its failures and what it is made of`() throws {
    var vendor = steady()
    for minute in 10_001..<10_100 {
      vendor.serverErrors[minute] = 0
      vendor.unanswered[minute] = 1
    }
    let outage = try #require(found(vendor).incidents.first)
    #expect(found(vendor).incidents.count == 1)
    #expect(outage.what == .outage)
    #expect(outage.vendors == [0])
    #expect(outage.start == time(10_000) || outage.start == time(10_001))
    #expect(outage.end == time(10_100) || outage.end == time(10_101))
    #expect(outage.failures >= 99 && outage.failures <= 101)
    #expect(outage.requests == Int((outage.end - outage.start) / 60_000))
    #expect(outage.expected > 0.5 && outage.expected < 1.5)
    #expect(outage.sorts.contains(.unanswered))
    #expect(!outage.isOngoing)
  }

  @Test func `what had not ended is ongoing`() throws {
    var vendor = steady()
    for minute in vendor.refusals.indices.suffix(90) { vendor.refusals[minute] = 1 }
    let one = try #require(found(vendor).incidents.first)
    #expect(one.isOngoing)
    #expect(one.end == time(14 * 1440))
    #expect(one.sorts == [.refusals])
  }

  /// Strangers who ask for what is not there do so whether others call or not.
  @Test func `as many 404s as ever are no trouble where successes stay away`() {
    var vendor = steady()
    for minute in vendor.others.indices where minute % 10 == 0 {
      vendor.others[minute] = 1
      vendor.requests?[minute] = 2
    }
    for minute in 10_001..<10_480 {
      vendor.serverErrors[minute] = 0
      vendor.requests?[minute] = vendor.others[minute]
    }
    #expect(found(vendor).incidents.isEmpty)
    for minute in 10_001..<10_480 where minute % 2 == 0 {
      vendor.others[minute] = 1
      vendor.requests?[minute] = 1
    }
    #expect(found(vendor).incidents.map(\.sorts) == [[.others]])
  }

  /// By the clock of the log they come an hour late after a week.
  @Test func `callers whose clock does not change make no trouble by one that does`() {
    let none = Array(repeating: Int32(0), count: 28 * 1440)
    let change = monday + 6 * 1440 * 60_000
    let vendor = VendorMinutes(
      serverErrors: none.indices.map { minute in
        let isOffice = (540..<1020).contains(minute % 1440) && minute / 1440 % 7 < 5
        return isOffice && minute * 7919 % 10 == 0 ? 1 : 0
      }, unanswered: none, rejections: none, refusals: none, others: none)
    let told = incidents(of: vendor, from: monday, localMinutes: { $0 < change ? -300 : -240 })
    #expect(told.incidents.isEmpty)
  }

  @Test func `more errors of as many more requests are nothing`() {
    var vendor = steady()
    for minute in 10_000..<10_480 {
      vendor.requests?[minute] = 4
      if minute % 100 == 0 { vendor.serverErrors[minute] = 4 }
    }
    #expect(found(vendor).incidents.isEmpty)
    vendor.requests = nil
    #expect(spikes(in: vendor.serverErrors, from: monday).spikes.count <= 1)
  }

  @Test func `spikes are of the share that fails where requests are known`() {
    let requests = (0..<14 * 1440).map { (10_000..<10_480).contains($0) ? Int32(60) : 6 }
    let errors = requests.map { $0 / 6 }
    #expect(spikes(in: errors, from: monday).spikes.count == 1)
    #expect(spikes(in: errors, requests: requests, from: monday).spikes.isEmpty)
    var worse = errors
    for minute in 5000..<5060 { worse[minute] = 5 }
    let found = spikes(in: worse, requests: requests, from: monday).spikes
    #expect(found.map(\.start) == [time(5000)])
    #expect(found.map(\.end) == [time(5060)])
  }

  @Test func `three vendors of five that fail in the same minutes have one cause`() {
    let one = FoundIncident(
      what: .errors, vendors: [0], start: time(10), end: time(30), isOngoing: false, failures: 9,
      requests: 20, expected: 1, sorts: [.serverErrors])
    var (second, third, other) = (one, one, one)
    second.vendors = [3]
    second.end = time(34)
    second.sorts = [.unanswered]
    third.vendors = [4]
    third.start = time(12)
    other.vendors = [4]
    other.start = time(200)
    other.end = time(210)
    let joined = joinedByCause([other, one, second, third]) { _ in 5 }
    #expect(joined.map(\.vendors) == [[0, 3, 4], [4]])
    #expect(joined.first?.start == time(10))
    #expect(joined.first?.end == time(34))
    #expect(joined.first?.failures == 27)
    #expect(joined.first?.requests == 60)
    #expect(joined.first?.sorts == [.serverErrors, .unanswered])
    #expect(joinedByCause([other, one, second, third]) { _ in 6 }.count == 4)
    #expect(joinedByCause([other, one, second]) { _ in 2 }.count == 3)
  }

  @Test(arguments: [Int64.min, 0, Int64.max])
  func `any start and any counts do no harm`(start: Int64) {
    let wild: [[Int32]] = [
      [.max], [.min, .max, -5, 9], Array(repeating: .max, count: 3000),
      Array(repeating: 7, count: 2000), (0..<3000).map { $0 % 2 == 0 ? .max : 0 },
      (0..<3000).map { $0 % 60 == 0 ? 12 : 0 },
    ]
    for counts in wild {
      for requests in [nil, counts, [1, 2, 3]] {
        for offset in [Int.min, 0, 845, Int.max] {
          let vendor = VendorMinutes(
            requests: requests, serverErrors: counts, unanswered: [4], rejections: counts,
            refusals: [], others: counts)
          let told = incidents(of: vendor, from: start, localMinutes: { _ in offset })
          #expect(told.incidents.allSatisfy { $0.start <= $0.end && $0.expected.isFinite })
        }
      }
    }
  }
}
