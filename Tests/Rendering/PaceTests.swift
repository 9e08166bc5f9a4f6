import Rendering
import Testing

@Suite struct PaceTests {
  @Test func `what is left takes as long as it did of late`() {
    var pace = Pace()
    #expect(pace.perSecond == nil)
    #expect(pace.seconds(until: 100) == nil)
    // A half is known already, and passed over at once.
    pace.note(500, at: 3)
    #expect(pace.perSecond == nil)
    for second in 1...4 { pace.note(500 + Int64(second) * 10, at: 3 + Double(second)) }
    #expect(pace.perSecond == 10)
    #expect(pace.seconds(until: 1000) == 46)
  }

  @Test func `a pace that changed is the new one ten seconds later`() throws {
    var pace = Pace()
    for tenth in 0...600 { pace.note(Int64(tenth) * 100, at: Double(tenth) / 10) }
    for tenth in 1...120 { pace.note(60_000 + Int64(tenth) * 5, at: 60 + Double(tenth) / 10) }
    let rate = try #require(pace.perSecond)
    #expect((49...51).contains(rate))
  }

  @Test func `nothing is foretold of what stands still, or is done`() {
    var pace = Pace()
    for second in 0...5 { pace.note(7, at: Double(second)) }
    #expect(pace.perSecond == nil)
    pace.note(8, at: 6)
    #expect(pace.seconds(until: 8) == nil)
    #expect(pace.seconds(until: 2) == nil)
  }

  @Test func `a moment is too short to tell`() {
    var pace = Pace()
    pace.note(0, at: 0)
    pace.note(1_000_000, at: 0.15)
    #expect(pace.perSecond == nil)
    pace.note(2_000_000, at: 0.25)
    #expect(pace.perSecond == 8_000_000)
  }
}
