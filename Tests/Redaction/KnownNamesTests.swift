import Files
import Testing

@testable import Redaction

/// What is remembered of a word is what is found of it anew.
@Suite struct KnownNamesTests {
  @Test func `words say the same however often they come`() {
    let pieces = [
      "pass", "word", "api", "_key", "token", "secret", "s", "2", "-", "contraseña", "密码", "パスワード",
      "id",
      "Clé", "x", "e\u{301}", "пароль", "the",
    ]
    let known = KnownNames()
    var words: [String] = []
    var state: UInt64 = 5
    for _ in 0..<4000 {
      var word = ""
      for _ in 0..<(1 + Int(state >> 33 & 3)) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        word += pieces[Int(state >> 40) % pieces.count]
      }
      words.append(word)
    }
    var found = 0
    for word in words + words.reversed() + [String(repeating: "x", count: 50) + "password"] {
      word.withBytes { word in
        let fresh = SecretNames.all.look(up: word)
        let remembered = known.look(up: word)
        #expect(fresh?.name == remembered?.name)
        #expect(fresh?.kind.description == remembered?.kind.description)
        if fresh != nil { found += 1 }
      }
    }
    #expect(found > 1000)
  }
}
