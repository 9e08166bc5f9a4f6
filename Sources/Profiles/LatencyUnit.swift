extension GatewayProfile {
  /// What a number counts that tells how long something took.
  package enum LatencyUnit: String, CaseIterable, Sendable {
    case nanoseconds = "ns"
    case microseconds = "us"
    case milliseconds = "ms"
    case seconds = "s"

    /// How many microseconds one is.
    package var microseconds: Double {
      switch self {
      case .nanoseconds: 0.001
      case .microseconds: 1
      case .milliseconds: 1000
      case .seconds: 1_000_000
      }
    }

    /// By the word for it, in lower case, at the end of a name or behind a number.
    package init?(word: some StringProtocol) {
      switch word {
      case "ns", "nano", "nanos", "nsec", "nsecs", "nanosec", "nanosecs", "nanosecond",
        "nanoseconds":
        self = .nanoseconds
      case "us", "µs", "μs", "usec", "usecs", "micro", "micros", "microsec", "microsecs",
        "microsecond", "microseconds":
        self = .microseconds
      case "ms", "msec", "msecs", "milli", "millis", "millisec", "millisecs", "millisecond",
        "milliseconds":
        self = .milliseconds
      case "s", "sec", "secs", "second", "seconds": self = .seconds
      default: return nil
      }
    }
  }
}
