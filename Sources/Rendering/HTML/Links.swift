package import Answers

/// Where a site tells more of what an answer names; a page that is a file leads nowhere.
package struct Links: Sendable {
  let page: @Sendable (Reference) -> Address?
  let next: @Sendable (NextStep) -> [Link]
  /// Whether there are pages at all.
  let isOfSite: Bool

  package init(
    page: @escaping @Sendable (Reference) -> Address?,
    next: @escaping @Sendable (NextStep) -> [Link]
  ) {
    self.init(page: page, next: next, isOfSite: true)
  }

  package static let none = Links(page: { _ in nil }, next: { _ in [] }, isOfSite: false)

  private init(
    page: @escaping @Sendable (Reference) -> Address?,
    next: @escaping @Sendable (NextStep) -> [Link], isOfSite: Bool
  ) {
    self.page = page
    self.next = next
    self.isOfSite = isOfSite
  }
}
