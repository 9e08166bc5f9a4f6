/// What could be asked next, where an answer leaves something out. How that is asked, by a command and
/// its options or otherwise, is known to whoever shows the answer.
package enum NextStep: Sendable, Equatable {
  /// The same list, with more rows.
  case showMore
  /// The same lists, with what was too small for them.
  case showSmaller
  /// The same list, from behind the event of a number on.
  case goOn(behind: Int64)
  /// The answer's value, which has all of it under a name.
  case readValue(String)
  /// The same of what one gateway logged.
  case askAboutGateway(String)
  /// Questions that tell all of it; of no days: over their usual time.
  case ask([Topic], Days?)
  /// The same about days of which something is known.
  case askAbout(Days)
  /// The same about a week of which something is known, by its name, such as 2026-W46.
  case askAboutWeek(String)
  /// A log has to be imported first.
  case importFirst
  /// What gateways should log, so that more can be told.
  case logMore
  /// The retries of these days, judged by all errors.
  case judgeAllErrors(Days)

  /// What a question is about.
  package enum Topic: Sendable {
    case bursts, incidents, limits, spikes
  }

  /// Days as an answer's zone has them, such as 2026-11-09: the first, and the first that is not
  /// among them.
  package struct Days: Sendable, Equatable {
    package var since: String
    package var until: String

    package init(since: String, until: String) {
      self.since = since
      self.until = until
    }
  }
}

extension Answer {
  /// The answer with each next step in words, which `sentence` adds to those before it.
  package func wording(_ sentence: (_ text: String, NextStep) -> String) -> Answer {
    func worded(_ note: Note) -> Note {
      note.next.map { Note(sentence(note.text, $0)) } ?? note
    }
    var answer = self
    answer.notes = notes.map(worded)
    answer.cautions = cautions.map(worded)
    for (place, section) in sections.enumerated() {
      answer.sections[place].blocks = section.blocks.map { block in
        guard case .paragraph(let text, let next?) = block else { return block }
        return .paragraph(sentence(text, next))
      }
    }
    return answer
  }
}
