internal import HTTP

/// What has come of an answer.
final class Reception: BodyReceiver {
  /// What was not handed over.
  private(set) var body: [UInt8] = []
  /// Whether some of it was handed over, so that it cannot be asked for once more.
  private(set) var isTaken = false
  /// What `take` threw.
  private(set) var failure: (any Error)?
  /// So many bytes are kept at most.
  private let most: Int
  /// Takes what does not stay in memory; nil where all of it does.
  var take: ((UnsafeRawBufferPointer) throws -> Void)?
  /// As the whole answer has it.
  var head = AnswerHead()

  /// Answers up to this size are handed over when they are whole.
  private static let held = 4 << 20
  /// So much of a server's words on an error is enough.
  private static let mostWords = 1 << 16

  init(most: Int, take: ((UnsafeRawBufferPointer) throws -> Void)? = nil) {
    (self.most, self.take) = (most, take)
  }

  func add(_ part: UnsafeRawBufferPointer, below head: AnswerHead) -> Bool {
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
