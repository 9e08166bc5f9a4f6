import Testing

@testable import Channels

@Suite struct SpellingTests {
  @Test(arguments: [
    "slack:/etc/errata/slack", "teams:hook", "webhook:-", "SLACK:hook", "mail:root",
    "mail:ops@example.org", "mail:o'brien+errata_1@mail.example.org", "webhook:a:b",
  ])
  func `places are taken as they are written`(text: String) throws {
    _ = try Channel(text)
  }

  @Test(arguments: [
    "", "slack", "slack:", "https://hooks.slack.com/services/T0/B0/x", "http://x",
    "slack:https://hooks.slack.com/services/T0/B0/x", "smoke:signals", "//x",
    "mail:", "mail:-f@x", "mail:|sh", "mail:/etc/passwd", "mail:a@b@c", "mail:a b@c", "mail:a,b@c",
    "mail:a@b\nBcc: c@d", "mail:a@b\r", "mail:a@", "mail:@b", "mail:a@-b", "mail:a@b..c",
    "mail:a!b@c", "mail:a%b@c", "mail:\"a\"@b", "mail:a@b>", "mail:ä@b",
    "mail:" + String(repeating: "a", count: 300) + "@b",
  ])
  func `what is none is refused, without a word of an address`(text: String) {
    let error = #expect(throws: ChannelError.self) { try Channel(text) }
    #expect(error?.cause == .spelling)
    #expect(error?.hint != nil)
    #expect(error?.message.contains("T0/B0") == false)
  }

  @Test(arguments: [
    ("https://hooks.slack.com/services/T0/B0/x", "https://hooks.slack.com", false),
    ("HTTPS://h:8443?sig=abc", "https://h:8443", false),
    ("https://user:pass@h/a@b", "https://h", false),
    ("http://127.0.0.1:80/x", "http://127.0.0.1:80", true),
    ("http://localhost/x", "http://localhost", true), ("http://[::1]:8/x", "http://[::1]:8", true),
    ("http://127.evil.test/", "http://127.evil.test", false),
    ("http://localhost.evil.test/", "http://localhost.evil.test", false),
    ("http://127.0.0.1@evil.test/", "http://evil.test", false),
    ("http://127.0.0.300/", "http://127.0.0.300", false),
  ])
  func `of an address its scheme and host are told`(text: String, words: String, isOwn: Bool) throws
  {
    let address = try #require(WebAddress(text))
    #expect(address.words == words)
    #expect(address.isLoopback == isOwn)
  }

  @Test(arguments: [
    "", "hooks.slack.com/services", "ftp://h/x", "https://", "https:///x", "https://h:0/",
    "https://h:x/", "https://h /x", "https://h/ü", "https://h/\u{1}", "https://[::1", "file:///etc",
    "https://h\\@evil.test/",
  ])
  func `what is no address is none`(text: String) {
    #expect(WebAddress(text) == nil)
  }

  @Test func `what repeats a part of an address is not told`() throws {
    let address = try #require(
      WebAddress("https://user:passw@hooks.test/services/T00AA/B0%2Fsecret?sig=Zm9vYmFy#frag"))
    for told in [
      "The URL /services/T00AA was not found", "no T00aa here", "sig Zm9vYmFy", "b0/SECRET",
      "passw",
      "B0%2Fsecret",
    ] {
      #expect(address.isTold(by: told), "\(told)")
    }
    for told in ["no_service", "invalid_payload", "hooks.test says no", ""] {
      #expect(!address.isTold(by: told), "\(told)")
    }
  }
}
