import Testing

@testable import Store

@Suite struct RoutePageTests {
  private func read(
    _ bytes: some Sequence<UInt8>, page: Int64, parts: Int64
  ) -> (entries: [String], isWhole: Bool) {
    var entries: [String] = []
    let isWhole = Array(bytes).withUnsafeBytes {
      RoutePage.read($0, page: page, parts: parts) { entries.append("\($0) \($1.bits) \($2)") }
    }
    return (entries, isWhole)
  }

  @Test(arguments: [1, 4] as [Int64])
  func `what is packed is read again, and what is cut short is noticed`(parts: Int64) {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let page = Int64.random(in: 0...3, using: &random)
      var entries = (0..<Int.random(in: 1...90, using: &random)).map { _ in
        RouteEntry(
          time: 0, vendor: 1, gateway: 1, route: page * 256 + .random(in: 0...255, using: &random),
          sort: RoutePage.Sort(
            status: [0, 429, 503].randomElement(using: &random) ?? 0,
            kind: .random(in: 1...16, using: &random),
            answeredBy: .random(in: 0...2, using: &random)),
          counts: RoutePage.Counts(
            .random(in: 1...300, using: &random), parts == 1 ? 0 : .random(in: 0...1), 0,
            parts == 1 ? 0 : .random(in: 0...2)))
      }
      entries.settle()
      let bytes = RoutePage.packed(entries[...], parts: parts)
      let all = entries.map { "\($0.route) \($0.sort.bits) \($0.counts)" }
      let (found, isWhole) = read(bytes, page: page, parts: parts)
      #expect(isWhole)
      #expect(found == all)
      for length in 0..<bytes.count {
        let (found, isWhole) = read(bytes.prefix(length), page: page, parts: parts)
        #expect(!isWhole || length > 0)
        #expect(found == Array(all.prefix(found.count)))
      }
    }
  }

  @Test func `any bytes are read without a trap`() {
    var random = SystemRandomNumberGenerator()
    for round in 0..<2000 {
      let bytes = (0..<64).map { _ in
        round % 2 == 0
          ? UInt8.random(in: 0...255, using: &random) : [0, 1, 2, 0x7F, 0xFF].randomElement() ?? 0
      }
      _ = read(bytes, page: .random(in: .min ... .max), parts: round % 3 == 0 ? 1 : 4)
    }
  }
}
