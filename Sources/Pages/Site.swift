internal import Answers
package import Profiles
package import Questions
internal import Rendering
package import Reports
package import Times

/// The pages of a store: an address becomes a question, its answer a page. Nothing is changed by asking.
package struct Site: Sendable {
  /// A store that was opened for one page.
  package struct Shelf {
    let archive: any Archive
    let finder: (Zone, Finder.Scope) -> Finder
    /// Whether what was asked may have been given up, as it took too long.
    let isStopped: () -> Bool

    package init(
      archive: any Archive, finder: @escaping (Zone, Finder.Scope) -> Finder,
      isStopped: @escaping () -> Bool
    ) {
      self.archive = archive
      self.finder = finder
      self.isStopped = isStopped
    }
  }

  /// What is known only to whoever runs the site.
  package struct Surroundings: Sendable {
    /// Milliseconds since the epoch.
    let now: @Sendable () -> Int64
    /// An error in words: what is wrong, and what to do.
    let words: @Sendable (any Error) -> (message: String, detail: String?)
    /// The name among some that is likely meant by another.
    let nearest: @Sendable (_ name: String, _ names: [String]) -> String?
    /// How a text is looked through that is too long for an address.
    let longText: String

    package init(
      now: @escaping @Sendable () -> Int64,
      words: @escaping @Sendable (any Error) -> (message: String, detail: String?),
      nearest: @escaping @Sendable (_ name: String, _ names: [String]) -> String?, longText: String
    ) {
      self.now = now
      self.words = words
      self.nearest = nearest
      self.longText = longText
    }
  }

  let open: @Sendable () throws -> Shelf
  let catalog: Catalog
  let zone: Zone
  let surroundings: Surroundings
  /// The parts of overviews.
  let overviews = Kept<[Result<Answer, any Error>]>(most: 32)
  /// What pages of single events have in common: what holds for a while, and what as long as the store
  /// is the same.
  let lasting = Kept<any Sendable>(most: 256, fresh: 60_000)
  let exact = Kept<any Sendable>(most: 256)

  /// - Parameters:
  ///   - open: opens the store; called for each page.
  ///   - zone: where times are shown in, unless an address names another.
  package init(
    open: @escaping @Sendable () throws -> Shelf, catalog: Catalog, zone: Zone,
    surroundings: Surroundings
  ) {
    self.open = open
    self.catalog = catalog
    self.zone = zone
    self.surroundings = surroundings
  }

  package func page(for request: PageRequest) -> Page {
    switch request.path {
    case "/style.css":
      return Page(status: 200, type: "text/css; charset=utf-8", body: SiteFiles.style)
    case "/script.js":
      return Page(status: 200, type: "text/javascript; charset=utf-8", body: SiteFiles.script)
    default: break
    }
    let place = Place(path: request.path)
    let asked = Asked(of: self, request, place)
    do {
      guard let sort = place.sort else { throw asked.noPage() }
      try asked.check(takes: sort.takes)
      switch place.form {
      case .page:
        return asked.shown(try sort.page(asked))
      case .json:
        return asked.written(try sort.answer(asked, for: .programs), as: .json)
      case .markdown:
        return asked.written(try sort.answer(asked, for: .people), as: .md)
      }
    } catch {
      return asked.failed(error)
    }
  }
}
