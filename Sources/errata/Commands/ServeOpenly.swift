internal import Server
internal import Store

/// What is served without the token: counts, and nothing else.
func openPages(of store: ServedStore) -> [String: Server.Maker] {
  [
    "/healthz": { _ in
      do {
        _ = try store.read { try $0.newestBatch() }
        return plain(200, "ok\n")
      } catch {
        return plain(503, "the store cannot be read\n")
      }
    }
  ]
}

private func plain(_ status: Int, _ text: String) -> Response {
  Response(status: status, type: "text/plain; charset=utf-8", body: Array(text.utf8))
}
