import Rendering
import SQLite
import Store
import Synchronization

/// Made once: a process damages thousands of copies of it.
let storeSample = Result { try StoreSample() }

private let turn = Mutex(())

/// A store that is damaged, as twelve bytes each say: every question of it is answered, or refused in
/// words. The first byte says what is done with it before, and what is asked.
func fuzzStores(_ input: UnsafeBufferPointer<UInt8>) {
  guard input.count > 12 else { return }
  do {
    let sample = try storeSample.get()
    let damages = stride(from: 1, through: min(input.count - 12, 12 * 16), by: 12).map {
      StoreDamage(UnsafeBufferPointer(rebasing: input[$0..<$0 + 12]), sample)
    }
    try sample.damaged(by: damages) { questions in
      questions.work(input[0] % 8)
      let parts = StoreQuestions.Part.allCases
      let choice = Int(input[0] >> 3) % (parts.count + 1)
      questions.ask(choice == 0 ? parts : [parts[choice - 1]])
    }
  } catch {
    require(false, "a sample can be made: \(error)")
  }
}

extension StoreSample {
  /// Hands over what asks a damaged copy of the store; one at a time, as there is one folder.
  func damaged(
    by damages: [StoreDamage], formats: [Format] = Format.allCases, _ body: (StoreQuestions) -> Void
  ) throws {
    try turn.withLock { _ in
      let path = write(bytes, to: "damaged.db")
      for ending in Store(path: path).files.dropFirst() { remove(ending) }
      do {
        let connection = try Connection(path: path, access: .write)
        try connection.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        for damage in damages { damage.apply(on: connection) }
      }
      change(damages, in: path)
      body(StoreQuestions(sample: self, store: Store(path: path), formats: formats))
    }
  }
}
