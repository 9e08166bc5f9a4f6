import Events
import Ingest
import Testing
import Times

/// A line inside of an exporter's record, made from what the exporters document.
@Suite struct ExporterTests {
  private static let text =
    #"192.0.2.7 - - [20/Nov/2026:10:00:01 +0000] "GET /v1/a HTTP/1.1" 503 612 "-" "curl/8""#
  private static let dated =
    #"{"time":"2026-11-20T10:00:01Z","status":503,"method":"GET","path":"/v1/a"}"#
  private static let undated = #"{"status":503,"method":"GET","path":"/v1/a"}"#

  /// `LINE` stands for the line as a JSON string.
  private static let exporters = [
    // Splunk's export, and its HTTP event collector.
    #"{"preview":false,"result":{"_raw":LINE,"_time":"2026-11-20T11:00:00.000+00:00"}}"#,
    #"{"time":1795172400.000,"host":"h","sourcetype":"s","event":LINE}"#,
    // Loki: a line of logcli, a push, the answer to a query.
    #"{"labels":{"job":"gw"},"line":LINE,"timestamp":"2026-11-20T11:00:00Z"}"#,
    #"{"streams":[{"stream":{"app":"gw"},"values":[["1795172400000000000",LINE]]}]}"#,
    #"{"status":"success","data":{"resultType":"streams","result":[{"stream":{},"values":[["1795172400000000000",LINE]]}]}}"#,
    #"{"_msg":LINE,"_time":"2026-11-20T11:00:00Z","_stream":"{}"}"#,
    // Elasticsearch, Kibana, Filebeat, Logstash.
    #"{"_index":"i","_source":{"message":LINE,"@timestamp":"2026-11-20T11:00:00Z"}}"#,
    #"{"_index":"i","fields":{"message":[LINE],"@timestamp":["2026-11-20T11:00:00Z"]}}"#,
    #"{"@timestamp":"2026-11-20T11:00:00Z","message":"GET","event":{"original":LINE}}"#,
    #"{"took":1,"hits":{"total":1,"hits":[{"_source":{"message":LINE,"@timestamp":"2026-11-20T11:00:00Z"}}]}}"#,
    #"{"version":"1.1","host":"h","short_message":LINE,"timestamp":1795172400.0,"level":6}"#,
    #"{"textPayload":LINE,"timestamp":"2026-11-20T11:00:00Z","logName":"projects/p/logs/stdout"}"#,
    #"{"timestamp":"2026-11-20T11:00:00Z","jsonPayload":{"message":LINE}}"#,
    // CloudWatch: Insights, a subscription, two answers of its API.
    #"{"@timestamp":"2026-11-20 11:00:00.000","@message":LINE,"@ptr":"x"}"#,
    #"{"messageType":"DATA_MESSAGE","logEvents":[{"id":"2","timestamp":1795172400000,"message":LINE}]}"#,
    #"{"events":[{"timestamp":1795172400000,"message":LINE,"ingestionTime":1795172400001}]}"#,
    #"{"results":[[{"field":"@timestamp","value":"2026-11-20 11:00:00.000"},{"field":"@message","value":LINE}]]}"#,
    // Azure's container logs, Datadog, New Relic.
    #"{"records":[{"time":"2026-11-20T11:00:00Z","category":"c","properties":{"log":LINE}}]}"#,
    #"{"id":"A","attributes":{"timestamp":"2026-11-20T11:00:00Z","message":LINE,"status":"info"}}"#,
    #"{"id":"A","content":{"timestamp":"2026-11-20T11:00:00Z","message":LINE}}"#,
    #"{"data":[{"type":"log","attributes":{"timestamp":"2026-11-20T11:00:00Z","message":LINE}}]}"#,
    #"[{"common":{},"logs":[{"timestamp":1795172400000,"message":LINE}]}]"#,
    #"{"__REALTIME_TIMESTAMP":"1795172400000000","MESSAGE":LINE,"PRIORITY":"6"}"#,
    // Vector, Fluent Bit, Fluentd, a queue.
    #"{"file":"/x","host":"h","message":LINE,"source_type":"file","timestamp":"2026-11-20T11:00:00Z"}"#,
    #"{"date":1795172400.5,"log":LINE}"#,
    #"{"stream":"stdout","logtag":"F","log":LINE,"kubernetes":{"labels":{"app":"y"}},"time":"2026-11-20T11:00:00Z"}"#,
    #"{"topic":"t","partition":0,"timestamp":1795172400000,"value":LINE}"#,
    // One that nobody knows.
    #"{"time":"2026-11-20T11:00:00Z","zeile":LINE}"#,
    #"{"time":"2026-11-20T11:00:00Z","a":{"b":{"zeile":LINE}}}"#,
  ]

  @Test(arguments: exporters)
  func `a line is read wherever it stands, and its own time is its time`(form: String) throws {
    for line in [Self.text, Self.dated, "\u{1B}[32m\(Self.dated)\u{1B}[0m\n"] {
      let event = try event(form.replacing("LINE", with: quoted(line)))
      #expect(event.time.map(formatTime) == "2026-11-20T10:00:01.000Z", "\(line)")
      #expect(event.status == 503)
      #expect(event.method == "GET")
      #expect(event.path == "/v1/a")
    }
  }

  @Test(arguments: exporters)
  func `a line without a time has that of its record`(form: String) throws {
    let event = try event(form.replacing("LINE", with: quoted(Self.undated)))
    #expect(event.time.map { formatTime($0).hasPrefix("2026-11-20T11:00:00") } == true)
    #expect(event.path == "/v1/a")
  }

  @Test(
    arguments: [
      #"{"time":1795172400.0,"event":LINE}"#,
      #"{"timestamp":"2026-11-20T11:00:00Z","jsonPayload":LINE}"#,
      #"{"id":"A","content":{"timestamp":"2026-11-20T11:00:00Z","attributes":LINE}}"#,
    ])
  func `an object's own time comes before that of its record`(form: String) throws {
    let event = try event(form.replacing("LINE", with: Self.dated))
    #expect(event.time.map(formatTime) == "2026-11-20T10:00:01.000Z")
  }

  @Test func `text may be told by the numbers of its bytes, or in base64`() throws {
    // systemd's export writes what is not printable so.
    let numbers = (Array(Self.dated.utf8) + [13]).map(String.init).joined(separator: ",")
    #expect(try event(#"{"MESSAGE":[\#(numbers)],"PRIORITY":"4"}"#).path == "/v1/a")
    let encoded =
      "MTkyLjAuMi43IC0gLSBbMjAvTm92LzIwMjY6MTA6MDA6MDEgKzAwMDBdICJHRVQgL3YxL2EgSFRUUC8xLjEiIDUwMyA2MTIgIi0iICJjdXJsLzgi"
    #expect(try event(#"{"message":{"data":"\#(encoded)"},"subscription":"s"}"#).path == "/v1/a")
  }

  @Test(
    arguments: [
      "2026-11-20T10:00:01.000Z\t84194e03-521f-460f-a1bc-62fa9af73eed\tERROR\t\(undated)",
      "[ERROR]\t2026-11-20T10:00:01.000Z\t84194e03-521f-460f-a1bc-62fa9af73eed\t\(undated)",
    ])
  func `a line of AWS Lambda has the time in front of it`(line: String) throws {
    let event = try event(line)
    #expect(event.time.map(formatTime) == "2026-11-20T10:00:01.000Z")
    #expect(event.path == "/v1/a")
  }

  @Test(
    arguments: [
      #"{"time":"2026-11-20T10:00:00Z","level":"warning","message":"seen 503 on /v1/a, GET again"}"#,
      #"{"time":"2026-11-20T10:00:00Z","request":{"body":"{\"status\":503,\"method\":\"GET\",\"path\":\"/v1/a\"}"}}"#,
      #"{"time":"2026-11-20T10:00:00Z","job":"x","state":"{\"status\":500,\"step\":\"copy\"}"}"#,
      #"{"time":"2026-11-20T10:00:00Z","items":[{"status":404,"path":"/a"},{"status":200,"path":"/b"}]}"#,
    ])
  func `what merely speaks of a response is none`(line: String) throws {
    #expect(try explain(line).outcome == "skipped")
  }

  @Test func `colours and marks around a line are no part of it`() throws {
    for line in [
      "\u{1B}[31m\(Self.dated)\u{1B}[0m", "\u{1B}[36mgw-1  |\u{1B}[0m \(Self.dated)",
      "\u{1B}(B\u{1B}]8;;http://x\u{7}\(Self.dated)\u{1B}]8;;\u{7}", "\u{1E}\(Self.dated)",
      "\u{FEFF}\(Self.dated)",
      "<134>1 2026-11-20T10:00:01.5Z host app 12 - - \u{FEFF}\(Self.dated)",
    ] {
      #expect(try event(line).path == "/v1/a", "\(line)")
    }
  }
}
