internal import Analysis
internal import Answers
internal import Files
internal import Queries
internal import Times

/// Puts the rows of a query together whose messages have one pattern and whose other columns are
/// equal, as its file's `fold` says.
struct Fold {
  private enum Role {
    case key, message, sum, least, greatest
  }

  private struct Key: Hashable {
    var texts: [String?]

    /// 128 bits that two keys hardly share.
    var hash: [Int32] {
      (0..<2).flatMap { seed -> [Int32] in
        var hasher = Hasher()
        hasher.combine(seed)
        hasher.combine(texts)
        let hash = hasher.finalize()
        return [Int32(truncatingIfNeeded: hash), Int32(truncatingIfNeeded: hash >> 32)]
      }
    }
  }

  private let roles: [Role]
  private let rank: Int
  private let most: Int
  private var groups: [Key: (row: [Value], order: Int)] = [:]
  /// By a hash of their keys, what is counted of the groups, in the order they came in.
  private var numbers = GroupNumbers(width: 4)
  private var counts: [Int64] = []
  /// The hashes of those groups that are put together; nil for all, as long as they are few.
  private let chosen: Set<[Int32]>?
  /// Whether there were more groups than are held, and nothing but their counts is known.
  private(set) var isOnlyCounts = false

  private static let mostGroups = 1 << 15

  /// Of a query that folds, with the columns its statement has.
  ///
  /// - Parameter chosen: what `largest` had, where only the counts are known.
  init?(_ query: Query, columns: [String], only chosen: Set<[Int32]>? = nil) {
    guard let message = query.foldedColumn, columns.contains(message) else { return nil }
    roles = columns.map { column in
      if column == message { return .message }
      if column == query.countColumn { return .sum }
      if column.hasPrefix("first_") { return .least }
      return column.hasPrefix("last_") ? .greatest : .key
    }
    guard let rank = columns.firstIndex(where: { $0 == query.countColumn }) else { return nil }
    self.rank = rank
    self.chosen = chosen
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
    if let chosen {
      guard chosen.contains(key.hash) else { return }
    } else {
      let number = numbers.number(of: key.hash)
      if number == counts.count { counts.append(0) }
      counts[number] = counts[number].addingClamped(count(row))
      if isOnlyCounts { return }
      if groups.count >= Fold.mostGroups {
        isOnlyCounts = true
        groups = [:]
        return
      }
    }
    guard let known = groups[key] else {
      groups[key] = (row, groups.count)
      return
    }
    for (place, role) in roles.enumerated() {
      switch (role, known.row[place], row[place]) {
      case (.sum, .integer(let one), .integer(let other)):
        let (sum, isOverflow) = one.addingReportingOverflow(other)
        if isOverflow {
          throw QuestionError("the query's rows add up to more than a number can be")
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

  private func count(_ row: [Value]) -> Int64 {
    if case .integer(let count) = row[rank] { return count }
    return 0
  }

  /// Which groups are shown, where only their counts are known.
  var largest: Set<[Int32]> {
    let order = counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
    return Set(order.prefix(most).map { Array(numbers.key(of: $0)) })
  }

  /// The most frequent first; equal ones as the query had them.
  var rows: [[Value]] {
    groups.values.sorted { (count($1.row), $0.order) < (count($0.row), $1.order) }
      .prefix(most).map(\.row)
  }
}
