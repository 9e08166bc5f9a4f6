internal import CMalloc

/// Memory in large pieces, which goes back to the kernel as soon as it is given back.
///
/// Left to itself, `malloc` keeps pieces as large as any that were given back, each thread's by itself: of an import
/// by several threads that is a quarter of all its memory.
enum ReturnedMemory {
  /// Smaller pieces are kept for the next who asks.
  private static let least = 1 << 20

  /// To be called before there are threads. Where it fails, all is as it would be without.
  static func prefer() { mallopt(M_MMAP_THRESHOLD, Int32(least)) }
}
