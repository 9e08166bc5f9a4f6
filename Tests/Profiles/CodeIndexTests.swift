import Files
import Testing

@testable import Profiles

/// Phrases and codes that are found in one pass are those that stand there.
@Suite struct CodeIndexTests {
  @Test(arguments: [
    ("Too many requests", ["too many", "requests", "many"]), ("TOO MANY", ["too many", "many"]),
    ("toomany", ["many"]), ("ma", []), ("", []), ("a", ["a"]), ("Größe zu groß", ["groß"]),
    ("manymany requests", ["many", "requests", "a"]),
  ])
  func `phrases are found wherever they stand`(message: String, expected: [String]) {
    let all = ["too many", "requests", "many", "a", "groß"]
    var phrases = Phrases()
    let numbers = all.map { phrases.number(of: $0) }
    phrases.seal()
    #expect(numbers == [0, 1, 2, 3, 4])
    let found = message.withBytes { phrases.find(in: $0) }
    let names = all.indices.filter(found.has).map { all[$0] }
    #expect(Set(names).isSuperset(of: expected))
    #expect(names.allSatisfy { message.lowercased().contains($0) })
  }

  /// Of each length from one letter to five, and of as few as one or nearly as many as there is room for.
  @Test(arguments: [1, 7, 60, 500]) func `just the phrases that stand in a message are found`(
    count: Int
  ) {
    var dice = Dice()
    var phrases = Phrases()
    var all: [[UInt8]] = []
    for length in 0..<count {
      let phrase = dice.text(of: 1 + length % 5, "abcdrst é")
      if phrases.number(of: phrase) == all.count { all.append(Array(phrase.utf8)) }
    }
    phrases.seal()
    for length in 0..<80 {
      let message = dice.text(of: length, "abcdrsABCDRST é1_")
      let text = message.utf8.map(lowercased)
      let expected = all.indices.filter { number in
        let phrase = all[number]
        return text.count >= phrase.count
          && (0...text.count - phrase.count).contains { text[$0...].starts(with: phrase) }
      }
      let found = message.withBytes { phrases.find(in: $0) }
      #expect(all.indices.filter(found.has) == expected, "\(message)")
    }
  }

  @Test func `the words before a delay are found in the order in which they stand`() {
    var dice = Dice()
    let words = Set((0..<60).map { dice.text(of: 2 + $0 % 4, "abcdé待") }).sorted()
    let phrases = DelayPhrases(words)
    #expect(DelayPhrases([]).isEmpty)
    for length in 0..<80 {
      let message = dice.text(of: length, "abcdABCD é待 ")
      message.withBytes { text in
        let lower = text.map(lowercased)
        var expected: [Int] = []
        for place in text.indices.dropLast() {
          if text[place] < 0x80, place > 0, isWordByte(text[place - 1]) { continue }
          let ends = words.filter { lower[place...].starts(with: $0.utf8) }.map(\.utf8.count)
          if let longest = ends.max() { expected.append(place + longest) }
        }
        var found: [Int] = []
        var place = 0
        while let next = phrases.next(in: text, from: place, to: text.count) {
          found.append(next.end)
          place = next.next
        }
        #expect(found == expected, "\(message)")
      }
    }
  }

  /// Texts that are the same in each run.
  private struct Dice {
    private var state: UInt64 = 1

    mutating func text(of length: Int, _ letters: String) -> String {
      let letters = Array(letters)
      return String(
        (0..<length).map { _ in
          // Knuth's MMIX generator.
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return letters[Int(state >> 33) % letters.count]
        })
    }
  }

  @Test func `a phrase that comes twice has one number`() {
    var phrases = Phrases()
    #expect(phrases.number(of: "Quota") == 0)
    #expect(phrases.number(of: "quota") == 0)
    #expect(phrases.number(of: "") == nil)
  }

  @Test(arguments: [
    ("rate_limited", [0, 2]), ("RateLimited", [0, 2]), ("user_rate_limited_now", [2]),
    ("notfound", [1]), ("x.y#not_found", [1]), ("É1", [3]), ("é1", []), ("quota", []), ("", []),
    ("a1z", [4]), ("az", [4]), ("za", []),
  ])
  func `a code is of the errors whose patterns it matches`(code: String, expected: [Int]) {
    var index = CodeIndex()
    for (place, text) in ["rate-limited", "NOT_FOUND", "*ratelimited*", "É1", "a*z"].enumerated() {
      if let pattern = CodePattern(text) { index.add(pattern, of: place) }
    }
    index.seal()
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: PlainCode.longest) { room in
      let errors = code.withBytes { index.errors(of: PlainCode(room, $0).bytes) }
      #expect((0..<5).filter(errors.has) == expected)
    }
  }

  @Test func `a profile with more errors than there is room for is refused`() throws {
    let errors = (0...CodeIndex.most).map {
      #"{"status":400,"code":"c\#($0)","kind":"validation"}"#
    }
    let text =
      #"{"name":"acme","title":"Acme","hosts":["*.acme.test"],"body":{},"errors":["#
      + errors.joined(separator: ",") + "]}"
    let error = #expect(throws: ProfileError.self) {
      try Catalog([ProfileFile(name: "acme.json", text: Array(text.utf8))])
    }
    #expect(error?.message.contains("512") == true, "\(error?.message ?? "")")
  }
}
