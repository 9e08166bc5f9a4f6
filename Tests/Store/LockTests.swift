import Batches
import Files
import Foundation
import Synchronization
import Testing

@testable import Store

@Suite struct LockTests {
  @Test func `writers take turns, and the one that waits long says so once`() async throws {
    let temporary = try TemporaryStore()
    let path = temporary.path
    let log = Mutex<[String]>([])
    let held = DispatchSemaphore(value: 0)
    let waited = DispatchSemaphore(value: 0)
    let first = Thread {
      try? WriteLock(store: path).hold {
        held.signal()
        _ = waited.wait(timeout: .now() + 60)
        log.withLock { $0.append("first is done") }
      }
    }
    first.start()
    held.wait()
    let second = try WriteLock(store: path)
    second.onWait = {
      log.withLock { $0.append("second waits") }
      waited.signal()
    }
    try second.hold { log.withLock { $0.append("second is in") } }
    #expect(log.withLock { $0 } == ["second waits", "first is done", "second is in"])
  }

  @Test func `two ledgers of one store never write at the same moment`() throws {
    let temporary = try TemporaryStore()
    let path = temporary.path
    let counts = 30
    let done = DispatchGroup()
    let failures = Mutex<[String]>([])
    for log in UInt64(1)...2 {
      let thread = Thread {
        defer { done.leave() }
        do {
          let ledger = try StoreLedger(Store(path: path))
          var maker = BatchMaker()
          var source = try ledger.commit(maker.batch([Response(time: 0)]), to: newLog(log))
          for batch in 1..<counts {
            source = try ledger.commit(
              maker.batch(at: Int64(batch) * 100, [Response(time: 0)]), to: .known(source: source))
          }
          ledger.close()
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
      }
      done.enter()
      thread.start()
    }
    done.wait()
    #expect(failures.withLock { $0 } == [])
    let verification = try Verification(temporary.store)
    #expect(verification.problems == [])
    #expect(verification.sources == 2)
    #expect(try temporary.integer("SELECT COUNT(*) FROM event") == Int64(2 * counts))
  }
}
