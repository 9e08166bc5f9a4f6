import Files
import Testing

@testable import HTTP

@Suite struct HeadTests {
  @Test func `a head tells how long to wait, and what was asked for`() {
    func head(_ lines: String...) -> AnswerHead {
      var head = AnswerHead(keeping: ["x-clickhouse-exception-code"])
      for line in lines { (line + "\r\n").withBytes { head.add(line: $0, now: 1_000_000_000_000) } }
      return head
    }
    #expect(head("HTTP/1.1 503 Busy", "Retry-After: 7").retryAfter == 7000)
    #expect(head("retry-after:  Sun, 09 Sep 2001 01:47:00 GMT").retryAfter == 20_000)
    #expect(head("Retry-After: Sun, 09 Sep 2001 00:00:00 GMT").retryAfter == 0)
    #expect(head("Retry-After: -5").retryAfter == 0)
    #expect(head("Retry-After: 99999999999999").retryAfter == 86_400_000)
    #expect(head("Retry-After: soon").retryAfter == nil)
    #expect(head("X-ClickHouse-Exception-Code: 60")["x-clickhouse-exception-code"] == "60")
    #expect(head("Retry-After: 7", "HTTP/1.1 200 OK").retryAfter == nil)
  }

  @Test func `one waits longer each time, and never less than was asked for`() {
    var backoff = Backoff()
    #expect(
      (0..<9).map { _ in backoff.wait(asked: nil, chance: 0) } == [
        125, 250, 500, 1000, 2000, 4000, 8000, 15000, 15000,
      ])
    #expect(backoff.wait(asked: 60_000, chance: 0.5) >= 60_000)
    #expect(backoff.wait(asked: nil, chance: 0.999) < 30_000)
  }

  @Test func `what was not asked for is not kept`() {
    var head = AnswerHead()
    "X-Large: yes\r\n".withBytes { head.add(line: $0, now: 0) }
    #expect(head["x-large"] == nil)
  }
}
