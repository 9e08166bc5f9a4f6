import SQLite
import Store

/// Made once: a process damages thousands of copies of it.
let storeSample = Result { try StoreSample() }

/// A store that is damaged, as twelve bytes each say: every question of it is answered, or refused in
/// words. The first byte says what is done with it besides.
func fuzzStores(_ input: UnsafeBufferPointer<UInt8>) {
  guard input.count > 12 else { return }
  do {
    let sample = try storeSample.get()
    let damages = stride(from: 1, through: min(input.count - 12, 12 * 16), by: 12).map {
      StoreDamage(UnsafeBufferPointer(rebasing: input[$0..<$0 + 12]), sample)
    }
    try sample.damaged(by: damages) { questions in
      questions.askAll()
      questions.work(input[0] % 8)
      if input[0] % 8 > 0 { questions.askAll() }
    }
  } catch {
    require(false, "a sample can be made: \(error)")
  }
}

extension StoreSample {
  /// Hands over what asks a damaged copy of the store.
  func damaged(by damages: [StoreDamage], _ body: (StoreQuestions) -> Void) throws {
    let path = write(bytes, to: "damaged.db")
    for ending in Store(path: path).files.dropFirst() { remove(ending) }
    do {
      let connection = try Connection(path: path, access: .write)
      try connection.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
      for damage in damages { damage.apply(on: connection) }
    }
    change(damages, in: path)
    body(StoreQuestions(sample: self, store: Store(path: path)))
  }
}
