package import Events
package import Times

/// An error with all that tells it from others: texts by their numbers, 0 for none.
package struct StoredError {
  /// The event's number: those stored later have larger ones.
  package var number: Int64
  /// Milliseconds since the epoch; nil where its line has none.
  package var time: Int64?
  package var vendor: Int64 = 0
  package var gateway: Int64 = 0
  /// 0 when there was no response.
  package var status: Int64 = 0
  package var code: Int64 = 0
  package var kind = Kind.unknown
  package var route: Int64 = 0
  package var consumer: Int64 = 0
  package var answeredBy = AnsweredBy.unknown
  package var message: Int64 = 0
  package var details: Int64 = 0
  /// Milliseconds; nil when the response named no delay.
  package var retryAfter: Int64?
  /// Where texts were asked for, in UTF-8, and as long as the error is at hand; nil for none. Empty is
  /// a path that is the route word for word.
  package var path: UnsafeBufferPointer<UInt8>?
  package var requestID: UnsafeBufferPointer<UInt8>?

  package init(number: Int64, time: Int64?) {
    self.number = number
    self.time = time
  }
}

/// Which errors are read one by one.
package enum ErrorChoice {
  case during(TimeRange)
  /// Those without a time.
  case undated
  /// Those with larger numbers than one, in the order of their numbers, of the store that it is from.
  case after(Int64)
}

/// Where an error stands among others: by its time, then by its number.
package struct ErrorMark: Sendable, Hashable, Comparable {
  /// Milliseconds since the epoch.
  package var time: Int64
  package var number: Int64

  package init(time: Int64, number: Int64) {
    self.time = time
    self.number = number
  }

  package static func < (one: ErrorMark, other: ErrorMark) -> Bool {
    (one.time, one.number) < (other.time, other.number)
  }
}

/// The latest of some marks, so many at most.
package struct LatestMarks {
  private let most: Int
  /// A heap: each is earlier than the two below it.
  private var marks: [ErrorMark] = []

  package init(_ most: Int) {
    self.most = most
  }

  /// What a mark must be later than to be one of them; nil while any is.
  package var limit: ErrorMark? { marks.count < most ? nil : marks.first }

  package func takes(_ mark: ErrorMark) -> Bool {
    most > 0 && limit.map { $0 < mark } ?? true
  }

  package mutating func add(_ mark: ErrorMark) {
    guard takes(mark) else { return }
    if marks.count < most {
      marks.append(mark)
      var place = marks.count - 1
      while place > 0, marks[place] < marks[(place - 1) / 2] {
        marks.swapAt(place, (place - 1) / 2)
        place = (place - 1) / 2
      }
      return
    }
    marks[0] = mark
    var place = 0
    while true {
      let below = [2 * place + 1, 2 * place + 2].filter { $0 < marks.count }
      guard let least = below.min(by: { marks[$0] < marks[$1] }), marks[least] < marks[place] else {
        return
      }
      marks.swapAt(place, least)
      place = least
    }
  }

  /// The latest first.
  package var latestFirst: [ErrorMark] { marks.sorted(by: >) }
}
