/// A stretch of minutes with far more errors than their own baseline leads one to expect.
package struct Spike: Sendable, Equatable {
  package enum Shape: String, CaseIterable, Sendable {
    /// It came and went.
    case spike
    /// It stayed for more than 24 hours: a new normal rather than an incident. It is told from its
    /// start to when the errors came back, or its first day if they did not within a week.
    case levelChange = "level_change"
  }

  /// The start of its first minute, in milliseconds since the epoch.
  package var start: Int64
  /// The end of its last minute, exclusive, in milliseconds since the epoch.
  package var end: Int64
  /// The end of the minute in which the evidence sufficed, in milliseconds since the epoch.
  package var detectedAt: Int64
  /// How many errors it has.
  package var count: Int
  /// How many errors are usual in these minutes; always positive.
  package var expected: Double
  /// The log of the odds that this is a spike rather than the usual rate.
  package var score: Double
  /// The start of its worst minute, the first of equals, in milliseconds since the epoch.
  package var peak: Int64
  package var shape: Shape
  /// Whether it had not ended when the counts did.
  package var ongoing: Bool
  /// Whether it ends in the last three days of the counts. The baseline looks three days ahead, so
  /// days yet to come may still change such a spike a little.
  package var provisional: Bool

  /// How many times the usual number of errors it has.
  package var ratio: Double { Double(count) / expected }
  /// How many errors it has beyond the usual: its severity.
  package var excess: Double { Double(count) - expected }
}

/// What looking for spikes found.
package struct SpikeFindings: Sendable, Equatable {
  /// In time order. Those of one shape neither overlap nor touch; a spike can stand in a change of
  /// level, on top of what is usual since.
  package var spikes: [Spike] = []
  /// Times, in milliseconds since the epoch, in which there was no error where more than 20 were
  /// expected: a gap in the log, an outage of it, or a very good hour.
  package var silences: [Range<Int64>] = []
}

/// When a stretch of minutes deserves to be called a spike.
///
/// The defaults were chosen on synthetic series with known spikes (busy, sparse, seasonal, shifted,
/// drifting, with gaps; seeds 11 to 40) and confirmed on others (210 to 219), by the command line:
/// precision .970, recall .888, intersection over union .85.
package struct SpikePolicy: Sendable {
  /// The evidence to report a spike, as a log-likelihood ratio.
  package var threshold = 11.0
  /// The evidence at which the baseline stops learning from a stretch.
  package var caution = 8.0
  /// The evidence of a cumulative sum at which a stretch is looked at more closely.
  package var suspicion = 5.0
  /// The multiples of the baseline that are looked for, each above 1.
  package var factors = [2.0, 8.0, 64.0]
  /// The least ratio of a spike to its baseline. (Twice is what people call one; chance takes off
  /// it.)
  package var minimumRatio = 1.75
  /// The fewest errors of a spike.
  package var minimumCount = 5
  /// How many minutes without new evidence end a spike.
  package var quiet = 60
  /// How many minutes apart spikes are joined at most.
  package var joined = 10
  /// How often the baseline is estimated anew from what is outside the spikes.
  package var rounds = 3
  /// How many errors must be missing for a silence.
  package var silence = 20.0
  /// Within how many minutes of a stretch its edges are sought again, for its own ratio to the
  /// baseline rather than the nearest of the factors.
  package var reach = 60
  /// How many standard errors are taken off the variance of a rate that wanders, before it excuses
  /// anything.
  package var doubt = 3.0
  /// How many days a level may stay up to be over when it comes back; later than that it was the
  /// new normal from its second day on.
  package var dayLimit = 7

  package static let standard = SpikePolicy()
}
