internal import Answers
internal import Times

extension TimeRange: Described {
  static let fields: Fields<TimeRange> = [
    Field(time: "since", "where the time begins that the answer is about") { $0.since },
    Field(time: "until", "where it ends, exclusive") { $0.until },
  ]
}
