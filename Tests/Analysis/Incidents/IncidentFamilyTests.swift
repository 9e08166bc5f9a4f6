import Analysis
import Foundation
import Testing

/// The detector on scenarios that it was not made from. `make soak` plays more of each family.
@Suite struct IncidentFamilyTests {
  private static let draws = ProcessInfo.processInfo.environment["ERRATA_SOAK"] == nil ? 2 : 20
  /// Another one of `ERRATA_SEED` has other scenarios.
  private static let first =
    ProcessInfo.processInfo.environment["ERRATA_SEED"].flatMap(Int.init) ?? 1000

  private func score(_ kind: Family.Kind) -> ScenarioScore {
    var all = ScenarioScore()
    for family in Family.all where family.kind == kind {
      var score = ScenarioScore()
      for number in Self.first..<Self.first + Self.draws {
        let scenario = family.scenario(number)
        let told = scenario.findings()
        score.add(scenario, told)
        all.add(scenario, told)
      }
      print("incidents: \(family): \(score)")
    }
    return all
  }

  @Test func `trouble is told, whole, whatever it is and however long`() {
    let score = score(.trouble)
    #expect(score.recall >= 0.98)
    #expect(score.startsRight >= 0.97)
    #expect(score.endsRight >= 0.97)
    #expect(score.namedRight >= 0.98)
    #expect(score.besidesPerMonth <= 0.1)
  }

  @Test func `small trouble is told`() {
    #expect(score(.small).recall >= 0.9)
  }

  @Test func `a habit is told once, as one, and its breaks as incidents`() {
    let score = score(.habit)
    #expect(score.habitsRight >= 0.95)
    #expect(score.recall >= 0.98)
    #expect(score.besidesPerMonth <= 0.1)
  }

  @Test func `where nothing happens hardly anything is told`() {
    #expect(score(.nothing).besidesPerMonth <= 0.1)
    #expect(score(.wandering).besidesPerMonth <= 0.25)
  }
}

extension ScenarioScore: CustomStringConvertible {
  var description: String {
    let figures = [
      ("recall", recall, troubles), ("starts", startsRight, sharp), ("ends", endsRight, sharp),
      ("named", namedRight, found), ("overlap", meanOverlap, found),
      ("habits", habitsRight, habits), ("besides", besidesPerMonth, vendorMonths),
    ]
    return figures.filter { $0.2 > 0 }.map { "\($0.0) \(String(format: "%.2f", $0.1))" }
      .joined(separator: ", ")
  }
}
