internal import Profiles

/// What a member's name says of a time at it.
enum TimeSense: UInt8 {
  /// It is the time of something else: of a certificate, of a limit, of the server behind.
  case never
  /// When the line was received or handed on.
  case late
  /// Nothing.
  case plain
  /// That it is a time.
  case spoken
  /// That it is the request's or the event's own.
  case own

  init(_ name: NameWords, isBehind: Bool, below parent: TimeSense) {
    let words = name.words
    if isBehind || parent == .never || words.contains(where: TimeSense.elsewhere.contains)
      || name.field(behind: false) == .latency
    {
      self = .never
    } else if parent == .late || words.contains(where: TimeSense.handling.contains) {
      self = .late
    } else if words.contains(where: TimeSense.beginnings.contains) {
      self = .own
    } else if words.contains(where: TimeSense.times.contains) {
      self = words.contains(where: TimeSense.owners.contains) ? .own : .spoken
    } else {
      self = .plain
    }
  }

  private static let times: Set = [
    "time", "timestamp", "stamp", "date", "datetime", "ts", "at", "when", "epoch", "clock", "on",
    "occurred", "end", "ended", "finish", "finished", "completed", "local", "utc", "instant",
    "moment", "iso8601", "tm", "t",
  ]
  private static let beginnings: Set = ["start", "started", "begin", "begun", "began", "accept"]
  private static let owners: Set = [
    "event", "request", "req", "access", "log", "call", "transaction", "client", "haproxy", "nginx",
    "record", "hit",
  ]
  private static let handling: Set = [
    "ingest", "ingested", "ingestion", "received", "receive", "indexed", "collected", "collection",
    "collector", "observed", "shipped", "shipping", "shipper", "processed", "parsed", "stored",
    "delivered", "delivery", "forwarded", "forwarder", "exported", "exporter", "inserted", "insert",
    "kafka", "beat", "agent", "fluentd", "fluent", "logstash", "arrived", "arrival", "published",
    "write", "written", "upload", "uploaded", "export", "loaded",
  ]
  private static let elsewhere: Set = [
    "expires", "expiry", "expire", "expired", "exp", "expiration", "until", "reset", "retry",
    "valid", "validity", "before", "after", "modified", "updated", "changed", "last", "birth",
    "dob",
    "next", "deadline", "cert", "certificate", "due", "iat", "nbf", "renewal", "trial", "ttl",
    "version", "build", "release", "deployed", "cookie", "since", "scheduled", "timeout", "age",
    "wait", "max", "min", "avg", "interval", "duration", "latency", "elapsed", "took", "taken",
    "ratelimit", "session", "token", "registered", "born", "queue", "connect", "handshake",
  ]
}
