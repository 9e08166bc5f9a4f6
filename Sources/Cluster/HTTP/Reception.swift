/// What has come of an answer.
final class Reception {
  var head = AnswerHead()
  /// What was not handed over.
  private(set) var body: [UInt8] = []
  /// Whether some of it was handed over, so that it cannot be asked for once more.
  private(set) var isTaken = false
  /// What `take` threw.
  private(set) var failure: (any Error)?
  let isStopped: @Sendable () -> Bool
  /// So many bytes are kept at most.
  private let most: Int
  /// Takes what does not stay in memory; nil where all of it does.
  var take: ((UnsafeRawBufferPointer) throws -> Void)?

  /// Answers up to this size are handed over when they are whole.
  private static let held = 4 << 20
  /// So much of a server's words on an error is enough.
  private static let mostWords = 1 << 16

  init(
    most: Int, isStopped: @escaping @Sendable () -> Bool,
    take: ((UnsafeRawBufferPointer) throws -> Void)? = nil
  ) {
    (self.most, self.isStopped, self.take) = (most, isStopped, take)
  }

  /// Returns whether the rest is wanted.
  func add(_ part: UnsafeRawBufferPointer) -> Bool {
    if head.isRefusal {
      body.append(contentsOf: part.prefix(Reception.mostWords - body.count))
      return true
    }
    guard let take, body.count + part.count > Reception.held || isTaken else {
      if body.count + part.count > most { return false }
      body.append(contentsOf: part)
      return true
    }
    isTaken = true
    do {
      if !body.isEmpty { try body.withUnsafeBytes { try take($0) } }
      body = []
      try take(part)
      return true
    } catch {
      failure = error
      return false
    }
  }
}
