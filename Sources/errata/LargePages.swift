internal import CMalloc
internal import Glibc
internal import Threads

/// Memory in pages of 2 MiB, where the machine has them to give.
///
/// An answer lives for some 50 ms, and a fifth of that is the kernel's handing out pages of 4 KiB, one
/// by one, as they are first touched.
enum LargePages {
  private static let size = 2 << 20
  /// What most answers take. What is not touched costs nothing.
  private static let room = 32 << 20

  /// Keeps memory that was given back, in pages of any size: of little memory those of 2 MiB take longer to
  /// clear than smaller ones to hand out. To be called before there are threads.
  static func keepMemory() {
    // The main thread's memory comes from one stretch, that of all others from a second one, as they
    // would wait for each other; and none of it goes back before the end.
    mallopt(M_ARENA_MAX, 2)
    mallopt(M_MMAP_THRESHOLD, Int32(room))
    mallopt(M_TRIM_THRESHOLD, .max)
    mallopt(M_TOP_PAD, Int32(room))
  }

  /// To be called before there are threads. Where it fails, all is as it would be without.
  static func prefer() {
    keepMemory()
    guard let start = sbrk(0) else { return }
    let unused = errata_grow_heap(size)
    guard let end = sbrk(0) else { return }
    let first = (Int(bitPattern: start) + size - 1) & ~(size - 1)
    let length = Int(bitPattern: end) - first
    guard length > 0 else { return }
    madvise(UnsafeMutableRawPointer(bitPattern: first), length, MADV_HUGEPAGE)
    // What comes before the first of them would be touched first, page by page.
    let before = first - Int(bitPattern: unused)
    if before > 0, before <= 2 * size { errata_pass_over(before) }
  }

  /// The same for the threads that are to come: whichever takes memory first makes the stretch that all
  /// but the main one share.
  static func preferForThreads() {
    WorkThread {
      guard let place = malloc(1) else { return }
      // Such a stretch begins at a multiple of 64 MiB, which is in malloc's arena.c.
      let start = Int(bitPattern: place) & ~((64 << 20) - 1)
      madvise(UnsafeMutableRawPointer(bitPattern: start), room, MADV_HUGEPAGE)
      free(place)
    }?.join()
  }
}
