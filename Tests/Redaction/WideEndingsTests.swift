import Files
import Testing

@testable import Redaction

/// A word that ends as one of some others is told from the many that do not, by its last letter.
@Suite struct WideEndingsTests {
  private static let words = ["пароль", "密码", "パスワード", "contraseña", "clé", "비밀번호"]
  private static let endings = WideEndings(words.map { $0.withBytes { folded($0) } })

  /// Also in capitals, in full width, and in Unicode's decomposed form.
  @Test(arguments: words + ["ПАРОЛЬ", "мой-пароль", "CLÉ", "cle\u{301}", "ﾊﾟｽﾜｰﾄﾞ", "la_clé", "ｃｌｅ"])
  func `no such word is passed over`(word: String) {
    let mayEnd = word.withBytes { $0.last ?? 0 < 0x80 || WideEndingsTests.endings.mayEnd($0) }
    #expect(mayEnd)
  }

  /// Letters written with more bytes than they need, which are read all the same.
  @Test func `nor is one whose last letter is overlong`() {
    let endings = WideEndings([Array("password".utf8), Array("пароль".utf8)])
    let words: [[UInt8]] = [
      Array("passwor".utf8) + [0xE0, 0x81, 0xA4], Array("парол".utf8) + [0xE0, 0x91, 0x8C],
    ]
    for word in words {
      word.withUnsafeBufferPointer { #expect(endings.mayEnd($0)) }
    }
  }

  @Test func `most words are`() {
    let text = "запрос не удалось выполнить так как значение этого поля отсутствует или неверно"
    let passed = text.split(separator: " ").filter { word in
      String(word).withBytes { !WideEndingsTests.endings.mayEnd($0) }
    }
    #expect(passed.count == 10)
  }

  /// By the form of every word of one letter and of two.
  @Test func `what may end so is told by the folded form`() {
    let names = WideEndingsTests.words.map { $0.withBytes { folded($0) } }
    for value in UInt32(0x80)...0x3100 {
      guard let letter = Unicode.Scalar(value) else { continue }
      for start in ["", "пароль", "密", "cl", "パスワート"] {
        let word = start + String(letter)
        word.withBytes { bytes in
          let form = folded(bytes)
          let endsSo = names.contains { form.suffix($0.count).elementsEqual($0) }
          #expect(!endsSo || WideEndingsTests.endings.mayEnd(bytes), "\(word)")
        }
      }
    }
  }
}
