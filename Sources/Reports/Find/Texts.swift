internal import Batches
internal import Questions

/// The texts that an archive's numbers stand for, each asked for once.
final class Texts {
  private let archive: any Archive
  private var known: [Lexicon: [Int64: String?]] = [:]

  init(_ archive: any Archive) {
    self.archive = archive
  }

  subscript(number: Int64, lexicon: Lexicon) -> String? {
    if number == 0 { return nil }
    if let text = known[lexicon]?[number] { return text }
    let text = archive.text(number, in: lexicon)
    known[lexicon, default: [:]][number] = .some(text)
    return text
  }
}

/// What errors have in common that are called the same.
struct ErrorName: Hashable {
  var vendor: String?
  var status: Int?
  var code: String?
  var kind: String
}
