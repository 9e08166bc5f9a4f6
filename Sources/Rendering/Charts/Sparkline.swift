/// Counts as a line of small columns, each of one character: the lowest for nothing, the highest for
/// the most, `░` for what is not known.
func sparkline(_ counts: [Int64?]) -> String {
  let steps: [Character] = ["▂", "▃", "▄", "▅", "▆", "▇", "█"]
  let most = Double(max(1, counts.compactMap { $0 }.max() ?? 0))
  return String(
    counts.map { count -> Character in
      guard let count else { return "░" }
      if count <= 0 { return "▁" }
      let step = (Double(count) / most * Double(steps.count)).rounded(.up)
      return steps[min(steps.count, max(1, Int(step))) - 1]
    })
}
