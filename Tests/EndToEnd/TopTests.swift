import Foundation
import Testing

@Suite struct TopTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.output("errata import demo.ndjson.gz")
  }

  private func terminal(
    _ arguments: String..., columns: Int = 80, rows: Int = 24
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      ["top"] + arguments, in: sandbox, columns: columns, rows: rows)
    try terminal.wait { terminal.screen != nil }
    return terminal
  }

  private func expectLeft(_ terminal: PseudoTerminal) {
    #expect(terminal.text.hasSuffix("\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"))
    #expect(terminal.state.c_lflag == terminal.found.c_lflag)
  }

  @Test(arguments: [(40, 10), (60, 20), (80, 24), (200, 50)])
  func `all fits, with what matters in sight`(columns: Int, rows: Int) throws {
    let terminal = try terminal(columns: columns, rows: rows)
    let screen = try #require(terminal.screen)
    #expect(screen.count <= rows)
    #expect(screen.allSatisfy { $0.count <= columns })
    // Behind a line that ends in the last column, clearing would take its last character.
    let drawn = terminal.text.replacingOccurrences(of: "\r", with: "")
    #expect(drawn.contains("\u{1B}[K"))
    #expect(!drawn.contains(/[^\nH]\u{1B}\[[JK]/))
    #expect(screen[0].hasSuffix(columns < 60 ? "" : "space holds, q ends"))
    #expect(screen[0].hasPrefix("How things stand"))
    #expect(screen.contains { $0.hasPrefix("vendor") && $0.contains("5 min  errors") })
    #expect(screen.contains { $0.hasPrefix("zenstep") })
    if rows >= 20 {
      #expect(screen.contains { $0.hasPrefix("open incident") && $0.contains("what") })
      #expect(
        screen.contains {
          $0.hasPrefix("newest errors") && $0.contains("vendor") && $0.contains("status")
            && $0.contains("error ")
        })
    }
    try terminal.type("q")
    #expect(try terminal.end() == 0)
    expectLeft(terminal)
  }

  @Test func `another size is another screen`() throws {
    let terminal = try terminal("--pace", "3600", columns: 120, rows: 40)
    #expect((terminal.screen?.count ?? 0) > 24)
    terminal.resize(columns: 50, rows: 15)
    try terminal.wait { terminal.screen?.count == 15 }
    #expect(terminal.screen?.allSatisfy { $0.count <= 50 } == true)
    terminal.send(SIGTERM)
    #expect(try terminal.end() == 143)
    expectLeft(terminal)
  }

  @Test func `what is imported meanwhile is seen, and is not while it is held`() throws {
    let terminal = try terminal("--pace", "1")
    func log(_ vendor: String) -> String {
      #"{"time":"2026-11-16T12:27:30Z","vendor":"\#(vendor)","status":500,"path":"/x"}"# + "\n"
    }
    try sandbox.write(log("newcomer"), to: "first.ndjson")
    try sandbox.output("errata import first.ndjson")
    try terminal.wait { terminal.screen?.contains { $0.hasPrefix("newcomer") } == true }
    try terminal.type(" ")
    try terminal.wait { terminal.screen?[0].contains("held") == true }
    try sandbox.write(log("latecomer"), to: "second.ndjson")
    try sandbox.output("errata import second.ndjson")
    sleep(3)
    #expect(terminal.screen?.contains { $0.hasPrefix("latecomer") } == false)
    try terminal.type(" ")
    try terminal.wait { terminal.screen?.contains { $0.hasPrefix("latecomer") } == true }
    try terminal.type("\u{3}")
    #expect(try terminal.end() == 130)
    expectLeft(terminal)
  }

  @Test func `without a terminal it says what to use instead`() throws {
    let outcome = try sandbox.run("errata top")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.complaint.contains("top draws on a terminal"))
    #expect(outcome.complaint.contains("errata list --follow"))
  }
}
