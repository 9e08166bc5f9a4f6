import Events
import Testing
import Times
@testable import Reports

@Suite(.onEveryArchive) struct SentCodesTests {
  private let day = Milliseconds.day

  private func codes(_ days: [Int64], dividedBy gap: Int64?) -> SentCodes {
    var codes = SentCodes(dividedBy: gap.map { $0 * day })
    for number in days {
      codes.add(
        ResponseCount(
          time: number * day, vendor: 0, gateway: 0, status: 500, code: 3, kind: .server, route: -1,
          consumer: -1, answeredBy: .unknown, count: 1))
    }
    return codes
  }

  @Test(arguments: [[0, 3, 40, 41, 90], [90, 0, 41, 3, 40], [41, 40, 90, 3, 0]] as [[Int64]])
  func `what is not sent for long divides stretches, whatever the order`(days: [Int64]) {
    let codes = codes(days, dividedBy: 28)
    #expect(
      codes.stretches(0).map { [$0.first / day, $0.last / day, $0.count] } == [
        [0, 3, 2], [40, 41, 2], [90, 90, 1],
      ])
    #expect(codes.whole(0).count == 5)
  }

  @Test func `stretches grow together where something lies between them`() {
    let codes = codes([0, 50, 25], dividedBy: 28)
    #expect(codes.stretches(0).map(\.count) == [3])
    #expect(self.codes([0, 50], dividedBy: nil).stretches(0).map(\.count) == [2])
  }
}
