import Checks
import Times

/// Rules of a check, and files of them.
func fuzzRules(_ input: UnsafeBufferPointer<UInt8>) {
  let text = String(decoding: input, as: UTF8.self)
  do throws(RuleError) {
    let rule = try Rule(text)
    do throws(RuleError) {
      let again = try Rule(rule.text)
      require(again.text == rule.text, "a rule that is written down reads the same")
    } catch {
      require(false, "a rule that is written down can be read")
    }
    for condition in rule.conditions {
      _ = condition.isMet(byText: text)
      _ = condition.isMet(byStatus: 429)
    }
    if case .measure(let measure, let threshold, let per) = rule.trigger {
      judge(measure, threshold, per.length)
    }
  } catch {
    require(!error.message.isEmpty, "a refusal says why")
    require((1...text.count + 1).contains(error.column), "and where")
  }
  _ = try? PlacedRule.all(in: text, of: "fuzz.rules")
}

private func judge(_ measure: Measure, _ threshold: Threshold, _ window: Int64) {
  let minute: Int64 = 60_000
  let samples = [3, 4, 90].map { Sample(minute: $0 * minute, counted: $0, requests: 100) }
  let runs = windowRuns(
    of: samples, window: window, ends: TimeRange(since: minute, until: 200 * minute),
    threshold: threshold, isRate: measure.isRate)
  require(runs.last?.ends.upperBound == 200 * minute, "every window is judged")
}
