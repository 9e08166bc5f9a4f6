internal import Glibc

/// Workers of whom only so many are at it at once, and who do one thing in the order of their numbers,
/// which count from 0.
///
/// There is one worker more than may be at it: who waits for their turn makes room for another, and has
/// precedence when the turn has come. So no core waits for a turn, and whoever's turn it is keeps theirs.
final class Crew: @unchecked Sendable {
  private let most: Int
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // Read and written under the mutex:
  private var turn = 0
  private var working = 0
  /// Numbers whose turn has not come.
  private var waiting: Set<Int> = []

  init(most: Int) {
    self.most = most
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Begins to work, as soon as few enough are at it.
  func begin() {
    pthread_mutex_lock(mutex)
    while working >= most { pthread_cond_wait(changed, mutex) }
    working += 1
    pthread_mutex_unlock(mutex)
  }

  /// Is at work no longer.
  func end() {
    pthread_mutex_lock(mutex)
    working -= 1
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }

  /// Does `work` when all smaller numbers have done theirs, and is at work no longer.
  func end<Result>(inTurn number: Int, _ work: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    if turn != number {
      waiting.insert(number)
      working -= 1
      pthread_cond_broadcast(changed)
      while turn != number { pthread_cond_wait(changed, mutex) }
    }
    pthread_mutex_unlock(mutex)
    defer {
      pthread_mutex_lock(mutex)
      turn += 1
      // Whose turn it is now is at work from now on, not only once they have woken up.
      if waiting.remove(turn) == nil { working -= 1 }
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return work()
  }
}
