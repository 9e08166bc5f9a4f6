internal import Glibc

/// Threads that do what they are handed, each one thing at a time, in the order it came.
package final class Crew: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // Read and written under the mutex:
  private var waiting: [@Sendable () -> Void] = []
  /// How many of those were done.
  private var next = 0
  private var isEnded = false

  /// As many threads as the machine gives, up to so many; nil where it gives none.
  package init?(threads: Int) {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
    // They keep it alive until it is ended.
    let workers = (0..<threads).compactMap { _ in WorkThread { self.work() } }
    for worker in workers { worker.detach() }
    if workers.isEmpty { return nil }
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  package func hand(_ work: @escaping @Sendable () -> Void) {
    pthread_mutex_lock(mutex)
    waiting.append(work)
    pthread_cond_signal(changed)
    pthread_mutex_unlock(mutex)
  }

  /// Lets the threads end once all is done that they were handed.
  package func end() {
    pthread_mutex_lock(mutex)
    isEnded = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }

  private func work() {
    while let task = take() { task() }
  }

  private func take() -> (@Sendable () -> Void)? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while next == waiting.count {
      if isEnded { return nil }
      pthread_cond_wait(changed, mutex)
    }
    let task = waiting[next]
    next += 1
    if next == waiting.count {
      waiting.removeAll(keepingCapacity: waiting.count <= 1024)
      next = 0
    }
    return task
  }
}
