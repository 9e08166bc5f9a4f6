import Analysis
import Testing

@Suite struct MessagePatternTests {
  @Test(arguments: [
    (
      "Rate limit exceeded. Retry after 23 seconds.",
      "Rate limit exceeded. Retry after {n} seconds."
    ),
    ("Run 8f2c61d0 is already completed", "Run {id} is already completed"),
    ("User 3bbc0252-2d5c-49fe-bd89-104e9b61770b not found", "User {id} not found"),
    ("No such customer: 'cus_123'", "No such customer: '…'"),
    ("Unknown field \"colour\" in `body`", "Unknown field \"…\" in `…`"),
    ("Limit 5,000 of 5.000, 12.5 % at 10:11:12", "Limit {n} of {n}, {n} % at {n}"),
    ("Timed out after 350ms", "Timed out after {n}ms"),
    ("Mail to ann@example.com failed", "Mail to {address} failed"),
    ("See https://example.com/docs?x=1 for more", "See {url} for more"),
    ("/v1/runs/42/steps is gone", "/v1/runs/{n}/steps is gone"),
    ("No user [redacted:email:7f3a]", "No user [redacted]"),
    ("Request req_8f2c61d09ab47e3512cd failed", "Request {id} failed"),
  ])
  func `what differs each time is taken out`(message: String, pattern: String) {
    #expect(MessagePattern(message).text == pattern)
  }

  @Test(arguments: [
    "", "Unauthorized", "Don't retry; it's the user's fault", "Use OAuth2, base64 or sha256",
    "environment must be one of: staging, production", "Größe überschritten", "can't 'x",
  ])
  func `words stay`(message: String) {
    #expect(MessagePattern(message).text == message)
  }
}
