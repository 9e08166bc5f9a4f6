internal import Answers
internal import Files
internal import Questions
internal import Times

// What a report cannot know of.
extension Question {
  func missingBlock(_ parts: [MissingPart]) -> Block {
    .bullets(
      parts.map { part in
        let place = part.after.map { "after \(formatLocal($0, zone: zone))" } ?? "after its start"
        return "\(part.path): what was written \(place) (byte \(part.offset)) was gone before it "
          + "was read"
      })
  }
}

extension MissingPart: Described {
  static let fields: Fields<MissingPart> = [
    Field("path", "the log") { $0.path },
    Field("offset", unit: "bytes", "up to where it was read, decompressed") { $0.offset },
    Field(optionalTime: "after", "the time of the last line that was read") { $0.after },
  ]
}
