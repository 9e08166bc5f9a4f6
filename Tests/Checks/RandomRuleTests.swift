import Checks
import Testing

@Suite struct RandomRuleTests {
  private static let pieces: [String] = [
    "errors", "error_rate", "requests", "budget", "99.5%", "blame", "rate-limited", "spike",
    "burst", "limit-hit", "new-code",
    "per", "5m", "1h", "90s", "until", "min", "by", "total", "count", "ratio", "peak", "vendor",
    "status", "kind", "code", "route", "consumer", "=", "!=", ">", ">=", "<", "<=", "=>", "≥", ",",
    "|", "20", "2%", "%", "1.5k", "0", "999999999999m", "zof", "5xx", "none", "timeout", "\"a b\"",
    "'", "\"\"", "#", "*", "!", "-1", "é", "🇩🇪", "\u{1B}", "\t",
  ]
  private static let whole: [String] = [
    "errors > 20 per 5m", "error_rate >= 2% per 1h", "requests < 10 per 1h", "spike", "burst",
    "limit-hit count > 3", "budget 99.5% per 30d",
  ]

  @Test func `whatever is thrown together is a rule that reads the same again, or has a place`() {
    var random = Random(seed: 3)
    var understood = 0
    for _ in 0..<20_000 {
      // Often a rule and something more, so that there is something to understand.
      var text = random.next(2) == 0 ? "" : Self.whole[random.next(Self.whole.count)]
      for _ in 0..<random.next(8) {
        text += random.next(3) == 0 ? "" : " "
        text += Self.pieces[random.next(Self.pieces.count)]
      }
      do throws(RuleError) {
        let rule = try Rule(text)
        understood += 1
        let again = (try? Rule(rule.text))?.text
        #expect(again == rule.text, "\(text.debugDescription)")
      } catch {
        #expect(!error.message.isEmpty)
        #expect((1...text.count + 1).contains(error.column), "\(text.debugDescription)")
      }
    }
    #expect(understood > 1000)
  }
}
