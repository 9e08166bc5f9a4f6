import Batches
import Ingest
import Testing

/// Requests that a log tells in several lines.
@Suite struct RequestBlockTests {
  private static let failed = """
    Started POST "/articles" for 192.0.2.7 at 2026-01-06 16:16:37 +0300
    Processing by ArticlesController#create as HTML
      Parameters: {"article"=>{"title"=>""}, "commit"=>"Create Article"}

      Rendered articles/new.html.erb within layouts/application (0.3ms)
    Completed 422 Unprocessable Entity in 290ms (Views: 179.9ms | ActiveRecord: 31.2ms)

    """
  private static let answered = """
    Started GET "/users/123/" for 192.0.2.7 at 2026-01-06 16:16:38 +0300
    Processing by UsersController#show as HTML
    Completed 200 OK in 4ms (Views: 3.2ms | ActiveRecord: 0.0ms)

    """

  /// What becomes of a log, and what its lines together tell of each response that failed.
  private func read(_ text: String) throws -> (tally: Tally, events: [String]) {
    let log = try Log()
    try log.write(text)
    let summary = try log.importing("a.log")
    return (summary.tally, log.ledger.told)
  }

  @Test func `what Rails writes of a request is one record`() throws {
    let (tally, events) = try read(Self.failed + Self.answered)
    #expect(events == ["1767705397000 POST /articles 422 290.0"])
    #expect(tally.successes == 1)
    #expect(tally.rejects == 0)
    #expect(tally.lines == 9)
  }

  @Test func `what wai's logger writes of a request is one record`() throws {
    let (tally, events) = try read(
      "GET /favicon.ico\n    Accept: */*\n    Status: 404 Not Found 0.046216s\n")
    #expect(events == ["- GET /favicon.ico 404 46.216"])
    #expect(tally.lines == 3)
  }

  @Test func `a request that another interrupts is read line by line`() throws {
    let lines = Self.failed.split(separator: "\n").map(String.init)
    let mixed = [lines[0]] + Self.answered.split(separator: "\n").map(String.init) + lines[1...]
    let (tally, events) = try read(mixed.joined(separator: "\n") + "\n")
    #expect(events == ["- - - 422 290.0"])
    #expect(tally.successes == 1)
  }

  @Test func `a request without an end takes nothing along`() throws {
    let other = #"{"time":"2026-01-06T16:16:38Z","status":503,"method":"GET","path":"/b"}"#
    let (tally, events) = try read(
      "Started GET \"/a\" for 192.0.2.7 at 2026-01-06 16:16:37 +0300\n\(other)\nGET /x\n\(other)\n")
    #expect(events.count == 2)
    #expect(tally.lines == 4)
  }
}
