import Testing

@testable import Server

@Suite struct GateTests {
  private static let token = Token()

  private func status(_ port: Int, host: String) -> Int? {
    let gate = Gate(port: port, token: Self.token, open: [], limits: Limits())
    let head = Head(
      method: "GET", target: Array("/\(Self.token.text)/".utf8), headers: [("host", host)])
    guard case .refused(let response) = gate.verdict(on: head) else { return nil }
    return response.status
  }

  @Test func `a host is named with its port, which browsers leave out where it is that of HTTP`() {
    #expect(status(8750, host: "localhost:8750") == nil)
    #expect(status(8750, host: "localhost") == 421)
    #expect(status(8750, host: "localhost:80") == 421)
    #expect(status(80, host: "localhost:80") == nil)
    #expect(status(80, host: "localhost") == nil)
    #expect(status(80, host: "[::1]") == nil)
    #expect(status(80, host: "localhost:") == 421)
  }
}
