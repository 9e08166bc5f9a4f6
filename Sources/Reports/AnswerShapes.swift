package import Answers

/// The objects that answers are, as the contract describes them.
package enum AnswerShapes {
  package static var rates: Shape { asked(RateAnswer.shape) }
  package static var bursts: Shape { asked(BurstAnswer.shape) }
  package static var limits: Shape { asked(LimitAnswer.shape) }
  package static var incidents: Shape { asked(IncidentAnswer.shape) }
  package static var incident: Shape { asked(IncidentStory.shape) }
  package static var spikes: Shape { asked(SpikeAnswer.shape) }
  package static var retries: Shape { asked(RetryAnswer.shape) }
  package static var find: Shape { asked(FindAnswer.shape) }
  package static var list: Shape { asked(ListAnswer.shape) }
  package static var report: Shape { asked(Report.shape.adding(Remarks.sharing.members)) }
  package static var evidence: Shape { asked(EvidencePage.shape) }
  package static var check: Shape { asked(RuleCheck.shape) }
  package static var query: Shape { asked(QueryAnswer.shape) }
  package static var queries: Shape { QueryList.shape }
  package static var rejects: Shape { RejectAnswer.shape }

  /// That of a question about a time, vendors or a gateway: some of what it asks about may not be
  /// there.
  private static func asked(_ shape: Shape) -> Shape {
    shape.adding(Remarks.missing.members + Remarks.absent.members)
  }
}
