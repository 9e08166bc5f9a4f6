internal import Synchronization

/// What a question cost a cluster.
package struct QuestionCost: Sendable, Equatable {
  /// What was asked, in a few words.
  package var question: String
  /// How often it was asked.
  package var requests: Int64 = 0
  /// What the servers read, together; nil where they do not tell.
  package var rowsRead: Int64?
  package var bytesRead: Int64?
  /// Rows that came in answer, and bytes, unpacked.
  package var rows: Int64 = 0
  package var bytes: Int64 = 0

  package init(_ question: String) { self.question = question }
}

/// What was asked of a cluster, by all readers that were opened from one.
package final class QuestionCosts: Sendable {
  private let costs = Mutex<[QuestionCost]>([])

  package init() {}

  /// Each sort of question once, in the order in which they were asked first.
  package var all: [QuestionCost] { costs.withLock { $0 } }

  func add(_ cost: QuestionCost) {
    costs.withLock { costs in
      guard let place = costs.firstIndex(where: { $0.question == cost.question }) else {
        return costs.append(cost)
      }
      costs[place].requests += cost.requests
      costs[place].rowsRead = sum(costs[place].rowsRead, cost.rowsRead)
      costs[place].bytesRead = sum(costs[place].bytesRead, cost.bytesRead)
      costs[place].rows += cost.rows
      costs[place].bytes += cost.bytes
    }
  }

  private func sum(_ one: Int64?, _ other: Int64?) -> Int64? {
    one.flatMap { one in other.map { one.addingReportingOverflow($0).partialValue } }
  }
}
