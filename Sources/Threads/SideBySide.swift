/// What `work` gives for each number from 0 on below `count`, in order, worked out by as many threads
/// as there are cores.
package func sideBySide<Value: Sendable>(
  _ count: Int, _ work: @escaping @Sendable (Int) -> Value
) -> [Value] {
  let found = Lock([Value?](repeating: nil, count: count))
  let next = Lock(0)
  let workOn: @Sendable () -> Void = {
    while true {
      let number = next.withLock { next in
        defer { next += 1 }
        return next
      }
      guard number < count else { return }
      let value = work(number)
      found.withLock { $0[number] = value }
    }
  }
  let threads = (1..<max(min(count, WorkThread.atOnce), 1)).compactMap { _ in WorkThread(workOn) }
  workOn()
  for thread in threads { thread.join() }
  return found.withLock { $0.compactMap(\.self) }
}
