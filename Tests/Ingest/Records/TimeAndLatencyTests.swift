import Events
import Ingest
import Testing
import Times

@Suite struct TimeAndLatencyTests {
  @Test(
    arguments: [
      (#""time":"2026-11-20T14:02:00.123Z""#, "2026-11-20T14:02:00.123Z"),
      (#""@timestamp":"2026-11-20T14:02:00+01:00""#, "2026-11-20T13:02:00.000Z"),
      (#""started_at":1795132804908"#, "2026-11-20T00:00:04.908Z"),
      (#""ts":1795132804.908"#, "2026-11-20T00:00:04.908Z"),
      (#""msec":"1795132804.908""#, "2026-11-20T00:00:04.908Z"),
      (#""EdgeStartTimestamp":1795132804908123456"#, "2026-11-20T00:00:04.908Z"),
      (#""EdgeStartTimestamp":"1795132804908123456""#, "2026-11-20T00:00:04.908Z"),
      (#""timestamp":1795132804908123"#, "2026-11-20T00:00:04.908Z"),
      (#""time_local":"20/Nov/2026:14:02:00 +0000""#, "2026-11-20T14:02:00.000Z"),
      (#""asctime":"2026-11-20 14:02:00,908""#, "2026-11-20T14:02:00.908Z"),
      (
        #""StartUTC":"2026-11-20T14:02:00.123456789Z","time":"2026-11-20T14:02:01Z""#,
        "2026-11-20T14:02:00.123Z"
      ),
      (
        #""timestamp":"0001-01-01T00:00:00Z","time":"2026-11-20T14:02:00Z""#,
        "2026-11-20T14:02:00.000Z"
      ),
      (#""timestamp":0,"time":"-","ts":1795132804"#, "2026-11-20T00:00:04.000Z"),
      (#""request_date":"12/Nov/2026:08:00:00.123""#, "2026-11-12T08:00:00.123Z"),
      (#""haproxy_timestamp":"12/Nov/2026:10:00:00 +0200""#, "2026-11-12T08:00:00.000Z"),
      (#""event_timestamp":"2026-02-23T23:44:16Z""#, "2026-02-23T23:44:16.000Z"),
      (#""httpMessage":{"start":"1491303422"}"#, "2017-04-04T10:57:02.000Z"),
      (#""whenever":"2026-11-20 14:02:00""#, "2026-11-20T14:02:00.000Z"),
      (#""one":"2026-11-20 14:02:00","two":"2026-11-21 14:02:00""#, nil),
      (
        #""ingested_at":"2026-11-20T15:00:00Z","request_at":"2026-11-20T14:02:00Z""#,
        "2026-11-20T14:02:00.000Z"
      ),
      (#""date":"2026-11-20","time":"14:02:00.5""#, "2026-11-20T14:02:00.500Z"),
      (#""instant":{"epochSecond":1795132804,"nanoOfSecond":9}"#, "2026-11-20T00:00:04.000Z"),
      (#""token_expires_at":"2026-11-20T14:02:00Z""#, nil),
      (#""certificate":{"start":"2026-11-20T14:02:00Z"}"#, nil),
      (#""port":1795132804"#, nil), (#""request_time_ns":1500000000"#, nil),
      (#""request_time":"0.123""#, nil), (#""time":"2020-10-14T17:xx:xx.xx""#, nil),
      (#""upstream":{"time":"2026-11-20T14:02:00Z"}"#, nil),
      (
        #""time":"2026-11-20T14:02:00Z","error":{"timestamp":"2001-01-01T00:00:00Z"}"#,
        "2026-11-20T14:02:00.000Z"
      ),
    ] as [(String, String?)])
  func `a time is told by its magnitude or its form`(member: String, time: String?) throws {
    let event = try event(#"{"status":500,"path":"/x",\#(member)}"#)
    #expect(event.time.map(formatTime) == time)
  }

  @Test func `a time without a zone is in the zone of the import`() throws {
    let explanation = try explain(
      #"{"status":500,"path":"/x","asctime":"2026-11-20 14:02:00,908"}"#,
      zone: Zone(named: "Europe/Berlin"))
    #expect(explanation.event?.time.map(formatTime) == "2026-11-20T13:02:00.908Z")
  }

  @Test(
    arguments: [
      (#""DownstreamStatus":500,"RequestMethod":"GET","Duration":23000000"#, 23),
      (#""latency":"8ms""#, 8), (#""latency":"0.123s""#, 123), (#""latency":"4.5µs""#, 0.005),
      (#""latency":"1500us""#, 1.5), (#""latency":"2000000ns""#, 2), (#""latency":"12 ms""#, 12),
      (#""latency_ms":31.5"#, 31.5), (#""durationMs":152"#, 152), (#""elapsed_ms":"7""#, 7),
      (#""event":{"duration":23000000}"#, 23), (#""time_elapsed":1500"#, 1.5),
      (#""time_elapsed":"1500""#, 1.5), (#""request_time":"0.086""#, 86),
      (#""request_time":1.001"#, 1001), (#""elapsed":0.312"#, 312), (#""responseTime":17"#, 17),
      (#""duration":"0.230""#, 230), (#""duration":11"#, 11), (#""latency":102.9999256134"#, 103),
      (#""latencies":{"request":173,"proxy":171,"kong":1}"#, 173),
      (#""latency":-1,"duration":5"#, 5), (#""latency":-1"#, nil), (#""latency":"-""#, nil),
      (#""latency":null,"duration":3"#, 3), (#""upstream_response_time":"0.001""#, nil),
      (#""upstream":{"latency":1111}"#, nil), (#""latency":{"total":9,"upstream":1111}"#, 9),
      (#""httpRequest":{"latency":"0.123s"}"#, 123),
      (#""duration_s":0.709,"db_duration_s":0.01"#, 709), (#""elapsed_time":34"#, 34),
      (#""durationNanos":23000000"#, 23), (#""latencyus":1500"#, 1.5), (#""took":12"#, 12),
      (#""dur_ms":7"#, 7), (#""elapsed":192"#, 192), (#""elapsed":"192""#, 192),
      (#""elapsed":19"#, 19000), (#""elapsed_seconds":192"#, 192_000),
      (#""millis":13.25"#, 13.25), (#""time_consuming":66"#, 66),
      (#""request_duration_seconds":"0.5""#, 500), (#""responseTimeInMillis":17"#, 17),
      (#""Duration":"00:00:01.2345""#, 1234.5), (#""latency":"PT1.5S""#, 1500),
      (#""latency":"12.5 milliseconds""#, 12.5), (#""x-runtime":"0.25""#, 250),
      (#""db_duration":5"#, nil), (#""upstream_latency_ms":5"#, nil), (#""queue_time":5"#, nil),
      (#""duration":4,"error":"x","details":{"latencyMs":812}"#, 4),
    ] as [(String, Double?)])
  func `a latency has the unit of its value, its name, or its logger`(
    member: String, latency: Double?
  ) throws {
    let found = try event(#"{"time":"2026-11-20T14:02:00Z","status":500,"path":"/x",\#(member)}"#)
      .latency
    guard let latency else { return #expect(found == nil) }
    #expect(abs(try #require(found) - latency) < 0.0015)
  }

  @Test func `the user may say which gateway wrote the log`() throws {
    let line = #"{"time":"2026-11-20T14:02:00Z","status":500,"path":"/x","duration":1.5}"#
    #expect(try event(line).latency == 1.5)
    #expect(try event(line, gateway: "caddy").latency == 1500)
  }
}
