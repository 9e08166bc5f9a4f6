package import Batches
internal import Threads

extension Importer {
  /// How an import is to be done.
  package struct Options: Sendable {
    package var reading = RecordReader.Options()
    /// Longer lines are rejected.
    package var maxLine = 1 << 20
    /// Whether logs are read as they grow: then a last line without its newline is never taken.
    package var isFollowing = false
    /// A descriptor that becomes readable when someone wants it to stop; -1 for none.
    package var stop: Int32 = -1
    /// How many threads work on a long log at the same moment: as many as there are cores. More
    /// would only hold up the one that stores.
    package var atOnce = WorkThread.atOnce
    /// How many threads there are at most. Storing is a third of the work, and one does it at a
    /// time: more than three threads would wait for it, and cost memory.
    package var workers = WorkThread.atOnce > 1 ? 3 : 1

    package init() {}
  }

  /// What an import has come to, so far or altogether.
  package struct Summary: Sendable {
    package var tally = Tally()
    package var sightings = Sightings()
    /// Lines that were stored before, and the records in them.
    package var knownLines: Int64 = 0
    package var known: Int64 = 0
    /// Last lines without a newline that wait for their rest.
    package var heldBack: Int64 = 0
    /// Read from disk, compressed where they are.
    package var bytes: Int64 = 0
    /// Whether what is read right now is stored already, and only compared.
    package var isPassingOver = false
    package var failures: [(path: String, error: InputError)] = []
    /// What followed in logs that cannot be found any more.
    package var gaps: [Gap] = []

    package init() {}

    /// All lines seen.
    package var lines: Int64 { tally.lines + knownLines + heldBack }
  }
}
