import Foundation
import Testing
import Tickets

/// Tickets that people wrote elsewhere: where each was found stands with it, and digits of ids are
/// changed. `ids` are of requests, traces and errors; `other` are ids of something else.
struct FoundTicket: Decodable, CustomTestStringConvertible {
  var source: String
  var text: String
  var ids: [String]
  var other: [String]

  var testDescription: String { source }

  static let all: [FoundTicket] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/tickets/found.ndjson")
    let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.compactMap { try? JSONDecoder().decode(FoundTicket.self, from: Data($0.utf8)) }
  }()
}

@Suite struct FoundTicketTests {
  @Test func `there are many, of many sources`() {
    #expect(Set(FoundTicket.all.map(\.source)).count >= 50)
  }

  @Test(arguments: FoundTicket.all)
  func `every id is found and named, and nothing else`(ticket: FoundTicket) {
    let forms = IDForms(like: ticket.ids)
    func leads(_ mention: Mention, to id: String) -> Bool {
      forms.forms(of: mention.text, looksLikeID: mention.looksLikeID)
        .contains { $0.lowercased() == id.lowercased() }
    }
    // What is broken stands before its pieces and is named in their place.
    var named: [Mention] = []
    for mention in Ticket(ticket.text).mentions where mention.looksLikeID {
      if named.contains(where: { $0.words.count > 1 && $0.words.overlaps(mention.words) }) {
        continue
      }
      named.append(mention)
    }
    for id in ticket.ids { #expect(named.contains { leads($0, to: id) }, "\(id)") }
    for mention in named {
      #expect((ticket.ids + ticket.other).contains { leads(mention, to: $0) }, "\(mention.text)")
    }
  }
}
