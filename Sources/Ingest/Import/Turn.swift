internal import Glibc

/// Lets threads do something one by one, in the order of their numbers, which count from 0.
final class Turn: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Whose turn it is; read and written under the mutex.
  private var current = 0

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Does `work` when all smaller numbers have done theirs.
  func take<Result>(_ number: Int, _ work: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    while current != number { pthread_cond_wait(changed, mutex) }
    pthread_mutex_unlock(mutex)
    defer {
      pthread_mutex_lock(mutex)
      current += 1
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return work()
  }
}
