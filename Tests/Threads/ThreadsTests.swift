import Glibc
import Testing
import Threads

@Suite struct ThreadsTests {
  @Test func `a lock lets one thread at a time change its value`() {
    let sum = Lock(0)
    let threads = (0..<4).compactMap { _ in
      WorkThread { for _ in 0..<10_000 { sum.withLock { $0 += 1 } } }
    }
    for thread in threads { thread.join() }
    #expect(threads.count == 4)
    #expect(sum.withLock { $0 } == 40_000)
  }

  @Test func `a future is worked out once, whoever asks and however often`() throws {
    let times = Lock(0)
    let future = Future {
      times.withLock {
        $0 += 1
        return $0
      }
    }
    let askers = (0..<4).compactMap { _ in WorkThread { _ = try? future.value() } }
    for asker in askers { asker.join() }
    #expect(try future.value() == 1)
    #expect(times.withLock { $0 } == 1)
  }

  @Test func `a future that fails fails whoever asks`() {
    struct Failure: Error {}
    let future = Future<Int> { throw Failure() }
    for _ in 0..<2 { #expect(throws: Failure.self) { try future.value() } }
  }

  @Test func `who lets go of a future waits until its thread is done`() {
    let isDone = Lock(false)
    var future: Future<Bool>? = Future {
      usleep(50_000)
      isDone.withLock { $0 = true }
      return true
    }
    #expect(future != nil)
    future = nil
    #expect(isDone.withLock { $0 })
  }

  @Test(arguments: [0, 1, 2, 1000])
  func `what is worked out side by side is in order`(count: Int) {
    #expect(sideBySide(count) { $0 * $0 } == (0..<count).map { $0 * $0 })
  }

  @Test func `no more threads work than may, and the last part is done in order`() {
    let semaphore = OrderedSemaphore(most: 2)
    let tally = Lock((working: 0, most: 0, order: [Int]()))
    let threads = (0..<6).compactMap { number in
      WorkThread {
        semaphore.acquire()
        tally.withLock {
          $0.working += 1
          $0.most = max($0.most, $0.working)
        }
        tally.withLock { $0.working -= 1 }
        semaphore.release(inTurn: number) { tally.withLock { $0.order.append(number) } }
      }
    }
    for thread in threads { thread.join() }
    #expect(tally.withLock { $0.order } == Array(0..<6))
    #expect(tally.withLock { $0.most } <= 2)
  }
}
