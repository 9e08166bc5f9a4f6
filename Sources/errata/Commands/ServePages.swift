internal import Arguments
internal import Pages
internal import Store

/// The pages of a store, each made on the thread that asks for it, with a reader of its own:
/// `store.read { reader in … }`.
func sitePages(
  of store: ServedStore, for invocation: Invocation
) throws -> @Sendable (PageRequest) -> Page {
  { request in
    guard request.path == "/" else { return page(404, "There is no such page.") }
    do {
      let extent = try store.read { try $0.extent() }
      return page(200, extent == nil ? "The store has no response with a time." : "errata")
    } catch is ServedStore.TookTooLong {
      return page(503, "This would take too long. Ask for less.")
    } catch {
      return page(503, "The store cannot be read.")
    }
  }
}

private func page(_ status: Int, _ text: String) -> Page {
  Page(
    status: status, type: "text/html; charset=utf-8",
    body: Array("<!doctype html><title>errata</title><p>\(text)</p>\n".utf8))
}
