package import Answers

/// Where a site tells more of what an answer names; a page that is a file leads nowhere.
package struct Links: Sendable {
  let page: @Sendable (Reference) -> Address?
  let next: @Sendable (NextStep) -> [Link]

  package init(
    page: @escaping @Sendable (Reference) -> Address?,
    next: @escaping @Sendable (NextStep) -> [Link]
  ) {
    self.page = page
    self.next = next
  }

  package static let none = Links(page: { _ in nil }, next: { _ in [] })
}
