import Checks
import Files
import Testing
import Times

/// Sequences of windows, told in minutes, with a cooldown of 15 minutes of quiet and 60 of
/// patience.
@Suite struct IncidentTests {
  private let minute = Milliseconds.minute

  private func seen(
    _ minutes: ClosedRange<Int64>, _ counted: Int64 = 21, near: Bool = false
  ) -> Observation {
    Observation(
      since: minutes.lowerBound * minute, until: minutes.upperBound * minute, isCrossed: !near,
      counted: counted)
  }

  private func incidents(_ known: [Crossing] = []) -> Incidents {
    Incidents(of: ["zof"], known: known, cooldown: Cooldown(window: 5 * minute))
  }

  /// `10-12 near 14 worst 21, told, over 27`
  private func told(_ incidents: Incidents) -> [String] {
    incidents.crossings.map {
      var text = "\($0.since / minute)-\($0.last / minute)"
      if $0.near != $0.last { text += " near \($0.near / minute)" }
      text += " worst \($0.counted)"
      if $0.told != nil { text += ", told" }
      if let over = $0.over { text += ", over \(over / minute)" }
      return text
    }
  }

  /// Adds, settles, and marks all as told, as a check does.
  private func check(
    _ known: inout [Crossing], _ seen: [Observation], at time: Int64
  ) -> [String] {
    var incidents = incidents(known)
    incidents.add(seen)
    incidents.settle(at: time * minute)
    let news = incidents.crossings.filter { $0.told == nil }.map { "\($0.since / minute)" }
    known = incidents.crossings.map { crossing in
      var crossing = crossing
      crossing.told = crossing.told ?? time * minute
      return crossing
    }
    return news
  }

  @Test func `what crosses is one crossing from its first window to its last`() {
    var incidents = incidents()
    incidents.add([seen(10...12, 21), seen(13...13, 30), seen(14...15, 22)])
    incidents.settle(at: 20 * minute)
    #expect(told(incidents) == ["10-15 worst 30"])
  }

  @Test func `it is over after a quarter of an hour of quiet, and not before`() {
    var incidents = incidents()
    incidents.add([seen(10...15)])
    incidents.settle(at: 29 * minute)
    #expect(told(incidents) == ["10-15 worst 21"])
    incidents.settle(at: 30 * minute)
    #expect(told(incidents) == ["10-15 worst 21, over 30"])
    incidents.settle(at: 40 * minute)
    #expect(told(incidents) == ["10-15 worst 21, over 30"])
  }

  @Test func `while it is near the threshold it goes on, but not for ever`() {
    var incidents = incidents()
    incidents.add([seen(10...15), seen(16...40, near: true)])
    incidents.settle(at: 54 * minute)
    #expect(told(incidents) == ["10-15 near 40 worst 21"])
    incidents.settle(at: 55 * minute)
    #expect(told(incidents) == ["10-15 near 40 worst 21, over 55"])

    incidents = self.incidents()
    incidents.add([seen(10...15), seen(16...200, near: true)])
    incidents.settle(at: 75 * minute)
    #expect(told(incidents) == ["10-15 near 200 worst 21, over 75"])
  }

  @Test func `being near the threshold begins nothing`() {
    var incidents = incidents()
    incidents.add([seen(10...15, near: true)])
    #expect(told(incidents) == [])
  }

  @Test func `begin, silence, end, again`() {
    var known: [Crossing] = []
    #expect(check(&known, [], at: 5) == [])
    #expect(check(&known, [seen(8...10)], at: 10) == ["8"])
    #expect(check(&known, [seen(11...15)], at: 15) == [])
    #expect(check(&known, [], at: 20) == [])
    #expect(check(&known, [seen(24...24)], at: 25) == [])  // within a quarter of an hour: the same
    #expect(check(&known, [], at: 38) == [])
    #expect(known.map(\.over) == [nil])
    #expect(check(&known, [], at: 45) == [])
    #expect(known.map(\.over) == [45 * minute])
    #expect(check(&known, [seen(50...50)], at: 50) == ["50"])
  }

  @Test func `flapping is one crossing`() {
    var known: [Crossing] = []
    var news: [String] = []
    for place in Int64(0)..<40 {
      let isUp = place % 2 == 0
      let minutes = place * 5...place * 5 + 4
      news += check(&known, isUp ? [seen(minutes)] : [], at: place * 5 + 5)
    }
    #expect(news == ["0"])
    #expect(known.count == 1)
  }

  @Test func `what is judged again with more data is no news`() {
    var known: [Crossing] = []
    #expect(check(&known, [seen(20...25, 21)], at: 30) == ["20"])
    #expect(check(&known, [seen(17...26, 40)], at: 35) == [])
    #expect(told(incidents(known)) == ["17-26 worst 40, told"])
    // Part of the same, told as over in the meantime, and then more of it comes.
    #expect(check(&known, [], at: 60) == [])
    #expect(check(&known, [seen(17...30, 41)], at: 65) == [])
    #expect(told(incidents(known)) == ["17-30 worst 41, told, over 60"])
    #expect(check(&known, [seen(31...62, 41)], at: 65) == [])
    #expect(told(incidents(known)) == ["17-62 worst 41, told"])
  }

  @Test func `an earlier one that comes late is news of its own`() {
    var known: [Crossing] = []
    #expect(check(&known, [seen(500...510)], at: 515) == ["500"])
    #expect(check(&known, [seen(100...110), seen(500...510)], at: 520) == ["100"])
    #expect(
      told(incidents(known)) == ["100-110 worst 21, told, over 520", "500-510 worst 21, told"])
    #expect(check(&known, [seen(100...112), seen(500...510)], at: 525) == [])
    // Just before a known one it is that one's beginning.
    #expect(check(&known, [seen(486...490)], at: 525) == [])
  }

  @Test func `what is long over is forgotten, and what lies in a time yet to come`() {
    var incidents = incidents()
    incidents.add([seen(10...15), seen(100...105), seen(900...905)])
    incidents.forget(after: 260 * minute)
    incidents.settle(at: 200 * minute)
    #expect(told(incidents) == ["10-15 worst 21, over 200", "100-105 worst 21, over 200"])
    incidents.forget(before: 60 * minute)
    #expect(told(incidents) == ["100-105 worst 21, over 200"])
  }

  @Test func `of too little the least is the worst`() {
    var incidents = Incidents(of: [], cooldown: Cooldown(window: minute)) {
      $0.counted < $1.counted
    }
    incidents.add([seen(10...10, 4), seen(11...11, 2), seen(12...12, 3)])
    #expect(told(incidents) == ["10-12 worst 2"])
  }
}
