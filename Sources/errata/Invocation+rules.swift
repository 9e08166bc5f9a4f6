internal import Arguments
internal import Checks
internal import Files

extension Option {
  static let rule = Option(
    "rule", value: "RULE", "what to watch, such as “error_rate > 2% per 1h”", arity: .repeated)
  static let rules = Option(
    "rules", value: "FILE", "a file of rules, one a line; - is standard input", arity: .repeated,
    completion: .files)
}

extension Invocation {
  /// The rules of the options and of the files, in this order; nil where there are none.
  var rules: [PlacedRule]? {
    get throws {
      let source = isGiven("rule") ? nil : settings["rule"]?.source
      var rules = try values(of: .rule).map { try PlacedRule($0, of: source ?? Option.rule.flag) }
      for path in values(of: .rules) {
        let name = path == "-" ? "standard input" : path
        let text: String
        do throws(ShortFile.Failure) {
          text = String(decoding: try ShortFile.bytes(of: path, most: 1 << 20), as: UTF8.self)
        } catch {
          throw UsageError(
            "\(name): the rules cannot be read: \(error)", hint: "Name a file with a rule a line.")
        }
        let found = try PlacedRule.all(in: text, of: name)
        if found.isEmpty {
          throw UsageError("\(name): there is no rule in it", hint: "Write one a line.")
        }
        rules += found
      }
      if rules.isEmpty { return nil }
      return rules.map { placed in
        PlacedRule(placed.rule.naming(vendors: vendorName), origin: placed.origin)
      }
    }
  }
}
