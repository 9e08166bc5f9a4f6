import Events
import Ingest
import Profiles
import Testing

/// A profile of one's own is asked before those in the binary, however the line is written.
@Suite struct OwnTextProfileTests {
  private func explain(_ line: String, by profile: String) throws -> Explanation {
    let catalog = try Catalog([
      ProfileFile(name: "own.json", text: Array(profile.utf8), sort: .gateway)
    ])
    return try Explanation(of: line, catalog: catalog, options: RecordReader.Options())
  }

  private static let labelled =
    "host:api.example.com\tstatus:503\tmethod:GET\turi:/v1/a\ttook:12\tpop:fra1"

  @Test func `labelled values between tabs`() throws {
    let profile = #"""
      {"name":"own","title":"Own","signature":["pop","took"],
      "fields":{"latency":["took"],"host":["host"]},"units":{"us":["took"]}}
      """#
    let read = try explain(OwnTextProfileTests.labelled, by: profile)
    #expect(read.gateway == "own")
    let event = try #require(read.event)
    #expect(event.latency == 0.012)
    #expect(event.vendor == "api.example.com")
  }

  @Test func `labels of which one is missing are not its own`() throws {
    let profile = #"{"name":"own","title":"Own","signature":["pop","ray"]}"#
    let read = try explain(OwnTextProfileTests.labelled, by: profile)
    #expect(read.gateway == "ltsv")
    #expect(read.event?.vendor == nil)
  }

  @Test func `pairs in a layout of a known gateway`() throws {
    let line =
      #"at=error code=H12 desc="Request timeout" method=GET path="/v1/a" host=api.example.com "#
      + "request_id=9f31c0d2-aaaa-bbbb-cccc-000000000000 fwd=\"192.0.2.7\" dyno=web.1 connect=1ms "
      + "service=30000ms status=503 bytes=0 protocol=https"
    let plain = try explain(line, by: #"{"name":"own","title":"Own","signature":["nothing"]}"#)
    #expect(plain.gateway == "heroku")
    let own = try explain(
      line, by: #"{"name":"own","title":"Own","signature":["dyno","fwd","desc"]}"#)
    #expect(own.gateway == "own")
    #expect(own.event?.status == 503)
  }

  @Test func `what is its body may be read through in lines of others`() throws {
    let line =
      #"{"time":"2026-11-02T09:00:00Z","path":"/v1/a","error":{"status":503,"message":"no room"}}"#
    let profile = #"{"name":"own","title":"Own","signature":["shard"],"fields":{"body":["error"]}}"#
    let other = try explain(line, by: profile)
    #expect(other.event?.status == 503)
    #expect(other.event?.message == "no room")
    let itsOwn = try explain(
      #"{"shard":1,"status":429,"path":"/v1/a","error":{"path":"/b","status":503}}"#, by: profile)
    #expect(itsOwn.gateway == "own")
    #expect(itsOwn.event?.status == 429)
    #expect(itsOwn.event?.path == "/v1/a")
    // That a body has no status says nothing of the response.
    let quiet = #"{"shard":1,"method":"GET","path":"/v1/a","error":{"status":null}}"#
    #expect(try explain(quiet, by: profile).outcome == "skipped")
  }

  private static let terminal = #"""
    {"name":"own","title":"Own","before_pairs":["log/$level at $clock: $message*"],
    "fields":{"latency":["took"]},"units":{"us":["took"]}}
    """#

  @Test func `pairs behind what a profile says that stands before them`() throws {
    let line = "log/WARN at 3:04PM: no stock left  path=/v1/a status=503 took=12"
    let own = try explain(line, by: OwnTextProfileTests.terminal)
    #expect(own.gateway == "own")
    #expect(own.event?.status == 503)
    #expect(own.event?.path == "/v1/a")
    #expect(own.event?.latency == 0.012)
    let catalog = try Catalog([
      ProfileFile(
        name: "own.json", text: Array(OwnTextProfileTests.terminal.utf8), sort: .gateway)
    ])
    var options = RecordReader.Options()
    options.gateway = "own"
    #expect(try Explanation(of: line, catalog: catalog, options: options).event?.status == 503)
    let other = "3:04PM log/WARN no stock left  path=/v1/a status=503 took=12"
    #expect(try Explanation(of: other, catalog: catalog, options: options).event == nil)
  }

  @Test(arguments: [
    "log/LOUD at 3:04PM: no stock  path=/v1/a status=503 took=12",
    "log/WARN at noon: no stock  path=/v1/a status=503 took=12",
    "log/WARN on 3:04PM: no stock  path=/v1/a status=503 took=12",
  ])
  func `what stands before them must be as the profile has it`(line: String) throws {
    #expect(try explain(line, by: OwnTextProfileTests.terminal).gateway != "own")
  }
}
