internal import Arguments
internal import Reports

// How much of a long list is told.
extension Option {
  static let top = Option(
    "top", value: "N",
    "tell so many of the largest by themselves, the rest together; by default 50", rivals: ["all"])
  static let topFindings = Option(
    "top", value: "N", "tell so many of the largest; by default 1000", rivals: ["all"])
  static let all = Option("all", "tell all by themselves, however many there are", rivals: ["top"])
}

extension Invocation {
  var top: Top {
    get throws {
      let most = try integer(of: .top, in: 1...1_000_000_000)
      if has(.all) {
        guard most == nil else {
          throw UsageError("--all leaves nothing out", hint: "Give --top or --all.")
        }
        return .all
      }
      return most.map(Top.largest) ?? .usual
    }
  }
}
