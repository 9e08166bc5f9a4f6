import Files

@testable import Profiles
@testable import Redaction

/// What the profiles look for in messages and codes, found in one pass and one by one.
func fuzzPhrases(_ input: UnsafeBufferPointer<UInt8>) {
  guard let searches else { return }
  let found = searches.phrases.find(in: input)
  let lower = input.map(lowercased)
  for (number, phrase) in searches.texts.enumerated() {
    require(found.has(number) == stands(phrase, in: lower), "a phrase is found where it stands")
  }
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: PlainCode.longest) { room in
    let code = PlainCode(room, input).bytes
    let errors = searches.index.errors(of: code)
    for (place, pattern) in searches.patterns.enumerated() {
      require(
        errors.has(place) == (!code.isEmpty && pattern.matches(code)), "a code is what it matches")
    }
  }
  for word in input.split(separator: 0x20) where word.count > 1 && word[word.endIndex - 1] >= 0x80 {
    let word = Bytes(rebasing: word)
    let form = folded(word)
    let endsSo = searches.endings.words.contains { form.count >= $0.count && form.ends(with: $0) }
    require(!endsSo || searches.endings.wide.mayEnd(word), "a name is not passed over")
  }
}

private struct Searches {
  var phrases = Phrases()
  var texts: [[UInt8]] = []
  var index = CodeIndex()
  var patterns: [CodePattern] = []
  var endings: (words: [[UInt8]], wide: WideEndings)

  init(_ catalog: Catalog) {
    let rules =
      catalog.kinds.rules + catalog.genericVendor.errors.rules
      + catalog.vendors.flatMap(\.errors.rules)
    for text in rules.flatMap(\.messages) + ["a", "429", "é", "rate limit", "limit"] {
      guard phrases.number(of: text) == texts.count else { continue }
      texts.append(Array(text.lowercased().utf8))
    }
    phrases.seal()
    for pattern in rules.flatMap(\.codes).compactMap(CodePattern.init).prefix(CodeIndex.most) {
      index.add(pattern, of: patterns.count)
      patterns.append(pattern)
    }
    index.seal()
    let words = ["пароль", "密码", "パスワード", "contraseña", "clé", "heslo", "şifre", "비밀번호"].map {
      $0.withBytes { folded($0) }
    }
    endings = (words, WideEndings(words))
  }
}

private let searches = (try? Catalog()).map(Searches.init)

private func stands(_ phrase: [UInt8], in text: [UInt8]) -> Bool {
  text.count >= phrase.count
    && (0...text.count - phrase.count).contains { text[$0...].starts(with: phrase) }
}

extension [UInt8] {
  fileprivate func ends(with end: [UInt8]) -> Bool { suffix(end.count).elementsEqual(end) }
}
