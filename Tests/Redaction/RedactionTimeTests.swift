import Foundation
import Testing

@testable import Redaction

/// Whatever a line repeats, its time grows with its length and no faster.
struct RedactionTimeTests {
  @Test(arguments: [
    "password=", "token:\"", "eyJ.", "a@b.", "://", "{\"auth\":", "Bearer ", "4111 ", "%25", "\\\\",
    "-----BEGIN PRIVATE KEY-----", "key=x,", "cookie: a=b;", "the token is ", "sk-", "a-",
    "<token>", "xoxb-1",
    "\"", "{\"password\":[", "dGVzdA/", "code 123456 ", "123456 ", "use 123456 to ", "é", "éa",
    "码", "密码：", "$a", "$2b$", "{SHA}", " -p", "curl -u a ", "mysql -p", "Digest a=b, ", "v4.local.",
    "MDA", "AgE", "reset-password/", "/reset/a", "DE89 3704 ", "4111\u{A0}", "４", "passwords:[",
    "Private-Lines: 1 ", "\"a\"@", "\"key\",\"", "mot de passe ", "\\u00e9", "[123456] ", "-----",
    "cookie: ", "otp=", "cc=", "sig=", "Basic+", "token+", ":token>", "MDAaaaaaa+", "AgEaaaaaa/",
    "pat.", "sl.", "YWJjYWJjYWJjbz8/", "pin:'", "='\\", "auth:digest ", "密码=", "key key ",
    "{\"passwords\":[\"", "code+", "4111.", "$a$", "1$5$",
  ])
  func `time grows with the text and no faster`(_ piece: String) {
    expectLinear { count in String(repeating: piece, count: count / piece.utf8.count) }
  }

  @Test(arguments: [
    ("otp=", "]"), ("cookie: ", "\\"), ("cookie: ", "'"), ("Basic+", "."), ("sl.a", "."),
    ("token ", "."), ("Private-MAC: ", " "), ("curl -u a", ":"), ("pin:", "1"), ("\"otp\":", "\""),
    ("reset-password/", "a"), ("passwords:[", "\""), ("a$", "$"), ("Bearer ", " "), ("%", "25"),
  ])
  func `a long end is walked through once`(_ piece: String, _ end: String) {
    expectLinear { count in
      String(repeating: piece, count: count / piece.utf8.count / 2)
        + String(repeating: end, count: count / end.utf8.count / 2)
    }
  }

  private func expectLinear(_ make: (_ count: Int) -> String) {
    // Of the processor's time, which does not depend on what else the machine does.
    func time(_ count: Int) -> Double {
      let text = make(count)
      return (0..<3).map { _ in
        let start = threadSeconds()
        _ = Redactor.ofThisProcess().redacted(text)
        return threadSeconds() - start
      }.min() ?? 0
    }
    let short = time(1 << 11)
    let long = time(1 << 16)
    // Thirty-two times the text; a square would take a thousand times as long.
    #expect(long < short * 200 + 0.02, "\(short) \(long)")
  }
}

/// How long the processor was at work for this thread.
private func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
