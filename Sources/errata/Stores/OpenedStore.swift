internal import Arguments
internal import Batches
internal import Cluster
internal import Questions
internal import SQLite
internal import Store

/// A store that was opened to be asked, whichever sort it is of.
enum OpenedStore {
  case file(StoreReader)
  case cluster(ClusterReader)

  var archive: any Archive {
    switch self {
    case .file(let reader): reader
    case .cluster(let reader): reader
    }
  }

  /// Stops questions that are not answered by then, also those of readers that are opened from this
  /// one.
  func stop(at deadline: ContinuousClock.Instant) {
    switch self {
    case .file(let reader): reader.stop(at: deadline)
    case .cluster(let reader): reader.stop(at: deadline)
    }
  }

  /// Keeps little of what is read: for who reads here and there.
  func keepFewPages() throws {
    if case .file(let reader) = self { try reader.keepFewPages() }
  }

  /// Whether it has so many events that a thread with a reader of its own is worth it; of what is asked of
  /// servers it never is.
  var isLarge: Bool {
    get throws {
      if case .file(let reader) = self { return try reader.newestEvent() > 50_000 }
      return false
    }
  }

  /// What the hashes of an event's ids begin with.
  func seed(ofEvent number: Int64) throws -> UInt64? {
    switch self {
    case .file(let reader): reader.seed
    case .cluster(let reader): try reader.seed(ofEvent: number)
    }
  }

  /// What is known of the logs that events came from; nil where that is on other machines.
  var origins: (any LineOrigins)? {
    switch self {
    case .file(let reader): reader
    case .cluster: nil
    }
  }

  /// Whether time is up, so that what was asked last may have been stopped.
  var isStopped: Bool {
    switch self {
    case .file(let reader): reader.isStopped
    case .cluster(let reader): reader.isStopped
    }
  }
}

/// Opens a store to be asked, on whichever thread.
struct StoreOpener: Sendable {
  private enum Place {
    case file(Store)
    case cluster(ClusterDialer)
  }

  private let place: Place
  private let costs: QuestionCosts

  init(_ invocation: Invocation) throws {
    costs = invocation.has(.explainCost) ? AskedCosts.all : AskedCosts.unknown
    place =
      switch try invocation.namedStore {
      case .file(let store): .file(store)
      case .cluster(let address): .cluster(try invocation.dialer(to: address))
      }
  }

  func open() throws -> OpenedStore {
    switch place {
    case .file(let store):
      return .file(try StoreReader(store))
    case .cluster(let dialer):
      return .cluster(try ClusterReader({ try dialer.connect() }, costs: costs))
    }
  }
}

extension Invocation {
  /// The store, whether in a file or a cluster.
  var opened: OpenedStore { get throws { try StoreOpener(self).open() } }

  /// The same, for those who ask much of it.
  var archive: any Archive {
    get throws {
      UncountedMemory.prefer()
      return try archiveOfBoundedMemory
    }
  }

  /// The same for SQL, which may take more memory than there is.
  var archiveOfBoundedMemory: any Archive {
    get throws {
      LargePages.prefer()
      LargePages.preferForThreads()
      return try opened.archive
    }
  }
}
