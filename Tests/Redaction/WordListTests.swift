import Files
import Testing

@testable import Redaction

@Suite struct WordListTests {
  @Test func `the words of every list are those between its spaces, whatever script they are in`() {
    for list in SecretNames.known.map(\.words) + [SecretNames.phraseEnds] {
      let words = list.split(whereSeparator: \.isWhitespace).map { word in
        String(word).withBytes { folded($0) }
      }
      #expect(WordList(list).folded == words)
      #expect(!words.isEmpty)
    }
  }

  @Test(arguments: [
    ("", []), (" \n ", []), ("a", ["a"]), (" a\n\nbc  密码 ", ["a", "bc", "密码"]),
  ])
  func `spaces and ends of lines part words, and make none`(text: String, words: [String]) {
    var found: [String] = []
    WordList(text).forEach { found.append(String(decoding: $0, as: UTF8.self)) }
    #expect(found == words)
  }
}
