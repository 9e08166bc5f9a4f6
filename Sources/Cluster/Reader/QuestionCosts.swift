internal import Synchronization
internal import Times

/// What a question cost a cluster.
package struct QuestionCost: Sendable, Equatable {
  /// What was asked, in a few words.
  package var question: String
  /// How often it was asked.
  package var requests: Int64 = 0
  /// What all servers read together; nil where they do not tell.
  package var rowsRead: Int64?
  package var bytesRead: Int64?
  /// Rows that came in answer.
  package var rows: Int64 = 0
  /// Bytes that came, packed where they were sent so.
  package var bytes: Int64 = 0

  package init(_ question: String) { self.question = question }

  fileprivate mutating func add(_ other: QuestionCost) {
    rowsRead = requests == 0 ? other.rowsRead : sum(rowsRead, other.rowsRead)
    bytesRead = requests == 0 ? other.bytesRead : sum(bytesRead, other.bytesRead)
    requests = requests.addingClamped(other.requests)
    rows = rows.addingClamped(other.rows)
    bytes = bytes.addingClamped(other.bytes)
  }

  /// Nil where one of them is not known.
  private func sum(_ one: Int64?, _ other: Int64?) -> Int64? {
    one.flatMap { one in other.map { one.addingClamped($0) } }
  }
}

/// What was asked of a cluster, by all readers that were opened from one.
package final class QuestionCosts: Sendable {
  /// Whether servers that do not tell by themselves what they read are asked once more, for that: old
  /// ones. It takes as long again.
  package let measures: Bool
  private let costs = Mutex<[QuestionCost]>([])

  package init(measuring measures: Bool = false) { self.measures = measures }

  /// Each sort of question once, in the order in which they were asked first.
  package var all: [QuestionCost] { costs.withLock { $0 } }

  /// Of all questions together.
  package var total: QuestionCost {
    all.reduce(into: QuestionCost("all")) { $0.add($1) }
  }

  func add(_ cost: QuestionCost) {
    costs.withLock { costs in
      let place = costs.firstIndex { $0.question == cost.question } ?? costs.count
      if place == costs.count { costs.append(QuestionCost(cost.question)) }
      costs[place].add(cost)
    }
  }
}
