import Events
import Files
import Testing

@testable import Ingest

/// The list of wordings that tell a status: each row by its own example.
@Suite struct StatusPhraseTests {
  /// The first phrase that tells something of a line, in the places where one of the list counts, and the
  /// status.
  private func first(in line: String, _ places: StatusPhrase.Places) -> (phrase: String, Int?)? {
    line.withBytes { text in
      if places == .call, let start = LooseLine.nextURL(in: text, from: 0) {
        let isQuoted = start > 0 && text[start - 1] == UInt8(ascii: "\"")
        var end = start
        while end < text.count, !text[end].isBlank, text[end] != UInt8(ascii: "\"") { end += 1 }
        if !isQuoted, text[end - 1] == UInt8(ascii: ":") { end -= 1 }
        let url = isQuoted ? start - 1..<end + 1 : start..<end
        let found = ToldStatus(text, .call).phrase(around: url)
        return found.map { (StatusPhrase.all[$0.phrase].text, nil) }
      }
      let told = ToldStatus(text, places)
      for place in text.indices.dropLast(2) where LooseLine.isStatus(text.part(place..<place + 3)) {
        guard let found = told.phrase(at: place) else { continue }
        return (
          StatusPhrase.all[found.phrase].text,
          text.part(place..<place + 3).integer.map(Int.init)
        )
      }
      return nil
    }
  }

  @Test(arguments: StatusPhrase.all.indices)
  func `the line beside a phrase is read by it, and by none before it`(number: Int) throws {
    let phrase = StatusPhrase.all[number]
    let found = try #require(first(in: phrase.example, phrase.places), "\(phrase.example)")
    #expect(found.phrase == phrase.text, "\(phrase.example)")
  }

  @Test(arguments: StatusPhrase.all.indices)
  func `and is an event with that status, or a success`(number: Int) throws {
    let phrase = StatusPhrase.all[number]
    let told = try #require(first(in: phrase.example, phrase.places))
    let read = try explain(phrase.example)
    if let status = told.1, status < 400 {
      #expect(read.outcome == "success", "\(phrase.example)")
    } else {
      let event = try #require(read.event, "\(phrase.example): \(read.outcome)")
      #expect(event.status == told.1, "\(phrase.example)")
    }
  }

  @Test(arguments: StatusPhrase.all.indices)
  func `without its first word, or with another number, it is no such line`(number: Int) throws {
    let phrase = StatusPhrase.all[number]
    guard let status = first(in: phrase.example, phrase.places)?.1 else { return }
    for other in ["777", "1\(status)", "\(status)px", "v\(status)"] {
      let line = phrase.example.replacing("\(status)", with: other)
      let outcome = try explain(line).outcome
      #expect(outcome != "event" && outcome != "success", "\(line)")
    }
  }

  @Test func `there is room for all, and their groups are known`() {
    let groups = Set(StatusPhrase.groups.map(\.name))
    #expect(groups.count == StatusPhrase.groups.count)
    let rows = Set(StatusPhrase.all.map { "\($0.text) \($0.places.rawValue)" })
    #expect(rows.count == StatusPhrase.all.count)
    var words: Set<Substring> = []
    for phrase in StatusPhrase.all {
      let parts = phrase.text.split(separator: " ")
      #expect(parts.count { ["#", "(#)", "URL"].contains($0) } == 1, "\(phrase.text)")
      let named = parts.filter { $0.first == "<" && $0.last == ">" }
        .flatMap { $0.dropFirst().dropLast().split(separator: "|") }
      #expect(
        named.allSatisfy {
          groups.contains(String($0)) || ["reason", "network", "method"].contains($0)
        },
        "\(phrase.text)")
      words.formUnion(parts.filter { $0.first?.isLetter ?? false })
    }
    #expect(groups.count + words.count + 2 < UInt64.bitWidth)
  }

  @Test(arguments: [
    // What always happens, is wanted, or depends on more.
    "upload is rejected with 413 Payload Too Large", "ERROR: orders are answered with 503 then",
    "the probe: HTTP 503 Service Unavailable", "should have returned status 503",
    "an upstream that responded with 503 would be tried again",
    // Other numbers beside the same words.
    "error 404 pages long", "code 500: a house", "responded with 503 rows",
    "replied to 404 letters",
    "returned 503", "failed with 137", "exit code: 404", "status 500 of 600",
    // A reason that is another status's, or none.
    "not found (503)", "upload failed: gone (404)", "HTTP 404 Service Unavailable",
    "404 Not Found", "found (404)",
    // Whose number is it?
    "gate keeper: HTTP 502 Bad Gateway", "program v2: see: status 500: upstream broken",
    "does not indicate success yet 502", "indicate success 404",
    // Of a request that nobody made.
    "see https://api.example.com/v1/a net::ERR_FAILED",
    "GET then https://api.example.com/v1/a: EOF",
    "[GET] worked https://api.example.com/v1/a - net::ERR_CONNECTION_RESET",
  ])
  func `the same words elsewhere tell nothing`(line: String) throws {
    let outcome = try explain(line).outcome
    #expect(outcome != "event" && outcome != "success", "\(line)")
  }

  @Test func `what a program says behind its name is read`() throws {
    #expect(try event("gh: HTTP 502 Bad Gateway").status == 502)
    #expect(try event("[POST] FAILED https://api.example.com/v1/a: i/o timeout").method == "POST")
  }
}
