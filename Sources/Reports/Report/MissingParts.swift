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

  func missingValues(_ parts: [MissingPart]) -> Value {
    .array(
      parts.map {
        ["path": .text($0.path), "offset": .integer($0.offset), "after": Value(time: $0.after)]
      })
  }
}
