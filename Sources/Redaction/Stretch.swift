/// A stretch of text up to the first place that ends it, which is looked for once, however often it
/// is asked for. Else a text that repeats one name a million times would be walked through to its
/// end for each of them.
struct Stretch {
  private var start = 0
  private var end = -1

  /// The end as seen from a place. `walk` finds it; what ends a stretch must not depend on where it
  /// begins.
  mutating func end(from place: Int, _ walk: (Int) -> Int) -> Int {
    if place < start || place > end {
      end = walk(place)
      start = place
    }
    return end
  }
}
