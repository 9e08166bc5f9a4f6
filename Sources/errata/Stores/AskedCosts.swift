internal import Answers
internal import Arguments
internal import Cluster
internal import Rendering

extension Option {
  static let explainCost = Option(
    "explain-cost", "say on standard error what each question of a cluster read and moved")
}

/// What this process has asked of a cluster, on all its threads.
enum AskedCosts {
  static let all = QuestionCosts(measuring: true)
  /// Where nobody wants to know, servers are asked no more for it.
  static let unknown = QuestionCosts()
}

extension Invocation {
  /// Says what was asked of a cluster and what that cost, where it was wanted to be known.
  func tellCosts() throws {
    guard has(.explainCost) else { return }
    guard case .cluster = try namedStore else {
      Complaint(
        "a store in a file does not count what it reads",
        hint: "--explain-cost is about clusters: name one with --store."
      ).say()
      return
    }
    let costs = AskedCosts.all.all
    for cost in costs + [AskedCosts.all.total] {
      try Destination.standardError.write(visible(cost.line) + "\n")
    }
  }
}

extension QuestionCost {
  fileprivate var line: String {
    let read = [rowsRead.map { "\(grouped($0)) rows" }, bytesRead.map { formatSize($0) }]
      .compactMap { $0 }.joined(separator: ", ")
    return "cost of \(question): \(counted(requests, "request")); "
      + (read.isEmpty ? "the server does not say what it read" : "read \(read)")
      + "; came \(grouped(rows)) rows, \(formatSize(bytes))"
  }
}
