import Testing
import Threads

@Suite struct CrewTests {
  @Test func `a crew does all it is handed, so many things at a time`() throws {
    let crew = try #require(Crew(threads: 3))
    let state = Lock((done: 0, working: 0, most: 0))
    for _ in 0..<300 {
      crew.hand {
        state.withLock {
          $0.working += 1
          $0.most = max($0.most, $0.working)
        }
        for _ in 0..<1000 { state.withLock { $0.working += 0 } }
        state.withLock {
          $0.working -= 1
          $0.done += 1
        }
      }
    }
    let isOver = Lock(false)
    crew.hand { isOver.withLock { $0 = true } }
    while !isOver.withLock({ $0 }) || state.withLock({ $0.done < 300 }) {}
    #expect(state.withLock { $0.done } == 300)
    #expect(state.withLock { $0.most } <= 3)
    crew.end()
  }

  @Test func `one thread does things in the order they came`() throws {
    let crew = try #require(Crew(threads: 1))
    let order = Lock<[Int]>([])
    for number in 0..<1000 { crew.hand { order.withLock { $0.append(number) } } }
    crew.end()
    while order.withLock({ $0.count < 1000 }) {}
    #expect(order.withLock { $0 } == Array(0..<1000))
  }
}
