import SQLite
import Store
import Testing

/// Routes of paths that come again, as a store has them.
@Suite struct RouteTests {
  @Test func `a path is its own route again and again, unless it holds an id`() throws {
    let world = try World()
    let requests = [
      #""route":"/a/4711","path":"/a/4711""#, #""path":"/a/4711""#, #""path":"/a/{id}""#,
      #""path":"/a""#, #""path":"/a/4712""#, #""path":"/a""#, #""path":"/a/4711""#,
    ]
    for request in requests {
      try world.append(#"{"time":"2026-11-20T10:00:00Z","status":503,\#(request)}"# + "\n", to: "a")
    }
    try world.importing("a")
    let rows = try Connection(path: world.store.path, access: .read).prepare(
      "SELECT route, path FROM events ORDER BY id")
    var found: [String] = []
    while try rows.step() { found.append("\(rows.text(0) ?? "-") \(rows.text(1) ?? "-")") }
    #expect(
      found == [
        "/a/4711 /a/4711", "/a/{id} /a/4711", "/a/{id} /a/{id}", "/a /a", "/a/{id} /a/4712",
        "/a /a", "/a/{id} /a/4711",
      ])
  }
}
