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
