internal import Analysis
internal import Answers
internal import Queries
internal import Store

/// Puts the rows of a query together whose messages have one pattern and whose other columns are
/// equal, as its file's `fold` says.
struct Fold {
  private enum Role {
    case key, message, sum, least, greatest
  }

  private struct Key: Hashable {
    var texts: [String?]
  }

  private let roles: [Role]
  private let rank: Int
  private let most: Int
  private var groups: [Key: (row: [Value], order: Int)] = [:]

  /// Of a query that folds, with the columns its statement has.
  init?(_ query: Query, columns: [String]) {
    guard let message = query.foldedColumn, columns.contains(message) else { return nil }
    roles = columns.map { column in
      if column == message { return .message }
      if column == query.countColumn { return .sum }
      if column.hasPrefix("first_") { return .least }
      return column.hasPrefix("last_") ? .greatest : .key
    }
    guard let rank = columns.firstIndex(where: { $0 == query.countColumn }) else { return nil }
    self.rank = rank
    most = query.mostRows
  }

  /// Throws where a sum is beyond 64 bits.
  mutating func add(_ row: [Value]) throws {
    var row = row
    var texts: [String?] = []
    for (place, role) in roles.enumerated() {
      switch role {
      case .key: texts.append("\(row[place])")
      case .message:
        guard case .text(let message) = row[place] else {
          texts.append(nil)
          continue
        }
        texts.append(MessagePattern(message).text)
      default: break
      }
    }
    let key = Key(texts: texts)
    guard let known = groups[key] else {
      groups[key] = (row, groups.count)
      return
    }
    for (place, role) in roles.enumerated() {
      switch (role, known.row[place], row[place]) {
      case (.sum, .integer(let one), .integer(let other)):
        let (sum, isOverflow) = one.addingReportingOverflow(other)
        if isOverflow {
          throw StoreError("the query's rows add up to more than a number can be")
        }
        row[place] = .integer(sum)
      case (.least, .integer(let one), .integer(let other)): row[place] = .integer(min(one, other))
      case (.greatest, .integer(let one), .integer(let other)):
        row[place] = .integer(max(one, other))
      case (.message, .text(let one), .text(let other)) where one != other:
        row[place] = .text(MessagePattern(one).text)
      default: row[place] = known.row[place]
      }
    }
    groups[key] = (row, known.order)
  }

  /// The most frequent first; equal ones as the query had them.
  var rows: [[Value]] {
    func count(_ row: [Value]) -> Int64 {
      if case .integer(let count) = row[rank] { return count }
      return 0
    }
    return groups.values.sorted { (count($1.row), $0.order) < (count($0.row), $1.order) }
      .prefix(most).map(\.row)
  }
}
