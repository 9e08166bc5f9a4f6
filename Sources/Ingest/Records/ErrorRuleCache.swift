internal import Batches
internal import Profiles

/// Which of a vendor's rules an error was found to fit, so that the same error of the same vendor
/// need not be compared with all rules again: nearly all errors have come before.
///
/// Only for vendors whose rules look at nothing but status, code, message and whether fields are
/// named. Messages are compared as they are stored: of two that differ in a secret alone, the first
/// decides for both.
struct ErrorRuleCache {
  private struct Entry {
    var vendor: Word = 0
    var code: Word = 0
    var message: Word = 0
    var status: Int32 = -1
    var hasIssues = false
    // Profiles outlive what is remembered of them.
    unowned(unsafe) var rule: ErrorRule?
  }

  private var entries = ContiguousArray(repeating: Entry(), count: ErrorRuleCache.room)

  private static let room = 1 << 12

  /// The rule that was found for an error, else the one that `find` finds.
  ///
  /// - Parameter status: the status that tells of the error, which need not be that of the response.
  @inline(__always)
  mutating func rule(
    of row: EventRow, _ status: Int, hasIssues: Bool, find: () -> ErrorRule?
  ) -> ErrorRule? {
    let status = Int32(truncatingIfNeeded: status)
    let mixed =
      (UInt64(row.code) << 32 | UInt64(row.message)) &* 0xd134_2543_de82_ef95
      ^ UInt64(row.vendor) << 20 ^ UInt64(UInt32(bitPattern: status)) << 8
    let place = Int(truncatingIfNeeded: mixed >> 40 ^ mixed) & (ErrorRuleCache.room - 1)
    let known = entries[place]
    if known.vendor == row.vendor, known.code == row.code, known.message == row.message,
      known.status == status, known.hasIssues == hasIssues
    {
      return known.rule
    }
    let rule = find()
    entries[place] = Entry(
      vendor: row.vendor, code: row.code, message: row.message, status: status,
      hasIssues: hasIssues, rule: rule)
    return rule
  }
}
