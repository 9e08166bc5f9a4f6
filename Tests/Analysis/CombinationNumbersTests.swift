import Analysis
import Testing

@Suite struct CombinationNumbersTests {
  @Test func `each combination keeps the number it had first, however many come`() {
    var numbers = CombinationNumbers()
    for _ in 0..<2 {
      for place in 0..<20_000 {
        let number = Int32(place)
        #expect(numbers.number(of: number % 7, number % 11 - 1, number) == place)
      }
    }
  }

  @Test func `the same numbers in another order are another combination`() {
    var numbers = CombinationNumbers()
    let all: [[Int32]] = [
      [1, 2, 3, 4], [2, 1, 3, 4], [3, 4, 1, 2], [4, 3, 2, 1], [1, 2, 3, -1], [1, 2, -1, 3],
      [-1, -1, -1, -1], [0, 0, 0, 0], [.max, .min, 0, -1], [.min, .max, 0, -1],
    ]
    for (place, one) in all.enumerated() {
      #expect(numbers.number(of: one[0], one[1], one[2], one[3]) == place)
    }
    #expect(numbers.number(of: 1, 2, 3) == 4)
  }
}
