import Foundation
import Testing

@testable import Files
@testable import Times

@Suite struct ZoneTests {
  /// Instants at which clocks change; the expected offsets are those of Python's zoneinfo.
  @Test(arguments: [
    ("Europe/Berlin", "2026-03-29T01:00:00Z", 3600, 7200),
    ("Europe/Berlin", "2026-10-25T01:00:00Z", 7200, 3600),
    ("Europe/Berlin", "2045-03-26T01:00:00Z", 3600, 7200),
    ("Europe/Berlin", "2045-10-29T01:00:00Z", 7200, 3600),
    ("America/New_York", "2026-03-08T07:00:00Z", -18000, -14400),
    ("America/New_York", "2026-11-01T06:00:00Z", -14400, -18000),
    ("America/New_York", "2045-03-12T07:00:00Z", -18000, -14400),
    ("America/New_York", "2045-11-05T06:00:00Z", -14400, -18000),
    ("Asia/Kolkata", "2026-06-01T00:00:00Z", 19800, 19800),
    ("Asia/Kolkata", "2045-06-01T00:00:00Z", 19800, 19800),
    ("Asia/Kathmandu", "2026-06-01T00:00:00Z", 20700, 20700),
    ("Asia/Kathmandu", "2045-06-01T00:00:00Z", 20700, 20700),
    ("Australia/Lord_Howe", "2026-04-04T15:00:00Z", 39600, 37800),
    ("Australia/Lord_Howe", "2026-10-03T15:30:00Z", 37800, 39600),
    ("Australia/Lord_Howe", "2045-04-01T15:00:00Z", 39600, 37800),
    ("Australia/Lord_Howe", "2045-09-30T15:30:00Z", 37800, 39600),
    ("Pacific/Auckland", "2026-04-04T14:00:00Z", 46800, 43200),
    ("Pacific/Auckland", "2026-09-26T14:00:00Z", 43200, 46800),
    ("Pacific/Auckland", "2045-04-01T14:00:00Z", 46800, 43200),
    ("Pacific/Auckland", "2045-09-23T14:00:00Z", 43200, 46800),
    ("UTC", "2026-03-29T01:00:00Z", 0, 0),
  ])
  func `clocks change when they should`(
    name: String, change: String, before: Int, after: Int
  ) throws {
    let zone = try Zone(named: name)
    let time = at(change)
    #expect(zone.offset(at: time - 1) == before)
    #expect(zone.offset(at: time) == after)
  }

  @Test(arguments: [
    ("Europe/Berlin", "2026-03-29 01:59:59", "2026-03-29T00:59:59.000Z"),
    ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T01:30:00.000Z"),
    ("Europe/Berlin", "2026-03-29 03:00", "2026-03-29T01:00:00.000Z"),
    ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25T00:30:00.000Z"),
    ("Europe/Berlin", "2026-10-25 03:00", "2026-10-25T02:00:00.000Z"),
    ("America/New_York", "2026-03-08 02:15", "2026-03-08T07:15:00.000Z"),
    ("America/New_York", "2026-11-01 01:30", "2026-11-01T05:30:00.000Z"),
    ("America/New_York", "2045-11-05 01:30", "2045-11-05T05:30:00.000Z"),
    ("Asia/Kathmandu", "2026-01-01 00:00", "2025-12-31T18:15:00.000Z"),
    ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03T15:45:00.000Z"),
    ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45:00.000Z"),
    ("Pacific/Auckland", "2045-09-24 02:30", "2045-09-23T14:30:00.000Z"),
  ])
  func `what clocks skip is read forward, what they show twice is the first`(
    name: String, local: String, time: String
  ) throws {
    #expect(reading(local, in: try Zone(named: name)) == time)
  }

  @Test(arguments: [
    "UTC", "Z", "utc", "Etc/UTC", "etc/utc", "GMT", "Etc/GMT", "gmt", "UCT", "Zulu",
    "Etc/Universal",
    "Greenwich", "GMT0", "Etc/GMT+0", "UTC0",
  ])
  func `a name for UTC is UTC`(name: String) throws {
    let zone = try Zone(named: name)
    #expect(zone.name == "UTC")
    #expect(zone.offset(at: at("2026-07-01T00:00:00Z")) == 0)
  }

  @Test(arguments: [
    ("europe/berlin", "Europe/Berlin"), ("AMERICA/new_york", "America/New_York"),
    ("us/eastern", "US/Eastern"), ("etc/gmt+1", "Etc/GMT+1"),
  ])
  func `a zone is known in any case, and shown as it is written`(
    name: String, spelt: String
  ) throws {
    let zone = try Zone(named: name)
    #expect(zone.name == spelt)
    let summer = at("2026-07-01T00:00:00Z")
    #expect(zone.offset(at: summer) == (try Zone(named: spelt)).offset(at: summer))
  }

  @Test(arguments: [
    "", "/etc/passwd", "../../etc/passwd", "Europe/../Europe/Berlin", "Europe//Berlin", "Europe/",
    "Europe/Berlin\0", "Europe Berlin", "Ελλάδα", "zone.tab", String(repeating: "A", count: 100),
  ])
  func `what cannot be a zone's name is refused before any file is looked for`(name: String) {
    let error = #expect(throws: TimeError.self) { try Zone(named: name) }
    #expect(error?.message == "“\(name)” is no name of a time zone")
  }

  @Test(arguments: ["Europe/Berln", "Europe", "Mars/Olympus"])
  func `an unknown zone is an error`(name: String) {
    let error = #expect(throws: TimeError.self) { try Zone(named: name) }
    #expect(error?.message == "unknown time zone “\(name)”")
    #expect(error?.hint.contains("Europe/Berlin") == true)
  }

  @Test(arguments: [
    ("Europe/Berlin", "Europe/Berlin"), (":Asia/Kolkata", "Asia/Kolkata"), ("", "UTC"),
    ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"), ("Nowhere/At_All", "UTC"),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "CET-1CEST,M3.5.0,M10.5.0/3"),
  ])
  func `the system's zone is that of TZ`(variable: String, name: String) {
    #expect(Zone.system(variable: variable, etc: "/nowhere").name == name)
  }

  @Test func `a rule in TZ is followed`() {
    let zone = Zone.system(variable: "CET-1CEST,M3.5.0,M10.5.0/3", etc: "/nowhere")
    #expect(zone.offset(at: at("2026-03-29T00:59:59Z")) == 3600)
    #expect(zone.offset(at: at("2026-03-29T01:00:00Z")) == 7200)
    #expect(zone.offset(at: at("2026-10-25T01:00:00Z")) == 3600)
  }

  @Test func `without TZ it is where localtime links to, else what timezone says`() throws {
    let etc = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: etc, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: etc) }
    try Data("Asia/Kolkata\n".utf8).write(to: etc.appending(path: "timezone"))
    #expect(Zone.system(variable: nil, etc: etc.path).name == "Asia/Kolkata")
    try FileManager.default.createSymbolicLink(
      atPath: etc.path + "/localtime", withDestinationPath: "../usr/share/zoneinfo/Asia/Tokyo")
    #expect(Zone.system(variable: nil, etc: etc.path).name == "Asia/Tokyo")
  }

  @Test func `a machine that says nothing is in UTC`() {
    #expect(Zone.system(variable: nil, etc: "/nowhere").name == "UTC")
  }

  @Test(arguments: [Int64.min, .max]) func `the ends of time do not trap`(time: Int64) throws {
    for name in ["Europe/Berlin", "America/New_York", "Asia/Kolkata"] {
      let zone = try Zone(named: name)
      #expect(abs(zone.offset(at: time)) < 86_400)
      #expect(abs(zone.local(of: time).distance(to: time)) < 86_400_000)
      #expect(abs(zone.utc(ofLocal: time).distance(to: time)) < 86_400_000)
    }
  }
}

@Suite struct DaylightRuleTests {
  @Test(arguments: [
    ("<+0545>-5:45", "2026-06-01", 20700),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-06-01", 3600),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-12-31T23:30:00Z", 0),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600),
    ("AAA0BBB,J60/0,J61/0", "2028-02-29T12:00:00Z", 0),
    ("AAA0BBB,J60/0,J61/0", "2028-03-01T12:00:00Z", 3600),
    ("AAA0BBB,59/0,60/0", "2028-02-29T12:00:00Z", 3600),
    ("AAA0BBB,59/0,60/0", "2027-03-01T12:00:00Z", 3600),
    ("XXX3EDT4,0/0,J365/23", "2026-07-01", -14400),
  ])
  func `a rule gives the offset`(rule: String, time: String, offset: Int) {
    #expect(rule.withBytes { DaylightRule($0) }?.offset(at: at(time) / 1000) == offset)
  }

  @Test(arguments: [
    "", "C-1", "CET", "CET-25", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
    "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J365",
    "CET-1CEST,0,366", "CET-1CEST,M3.5.0,M10.5.0/168", "CET-1CEST,M3.5.0,M10.5.0x", "<CET-1",
  ])
  func `what is no rule is nil`(rule: String) {
    #expect(rule.withBytes { DaylightRule($0) == nil })
  }
}

@Suite struct TZifTests {
  @Test func `cut or changed anywhere, a file is a zone or none, and never a trap`() {
    // One change, to one hour east in 2001, in both blocks; then the footer.
    let header: [UInt8] = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
    let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 4]
    let types: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0x0E, 0x10, 0, 0] + Array("CET\0".utf8)
    let time: [UInt8] = [0x3A, 0x4F, 0xC8, 0x80]
    let first = header + counts + time + types
    let second = header + counts + [0, 0, 0, 0] + time + types
    let file = first + second + Array("\nCET-1\n".utf8)

    let zone = file.withUnsafeBufferPointer { TZif($0) }
    #expect(zone?.offset(at: 978_307_199) == 0)
    #expect(zone?.offset(at: 978_307_200) == 3600)
    for index in file.indices {
      _ = Array(file[..<index]).withUnsafeBufferPointer { TZif($0)?.offset(at: 0) }
      for byte in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
        var damaged = file
        damaged[index] = byte
        _ = damaged.withUnsafeBufferPointer { TZif($0)?.offset(at: .max) }
      }
    }
  }
}
