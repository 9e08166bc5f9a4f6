internal import Files

/// Somewhere outside that people or programs are told.
package struct Channel: Sendable, Equatable {
  package enum Sort: String, Sendable, CaseIterable {
    /// An incoming webhook of Slack: <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>
    case slack
    /// A workflow of Teams that a webhook starts, which takes cards:
    /// <https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using>
    case teams
    /// Whatever takes JSON by POST.
    case webhook
    /// A letter, which the system sends.
    case mail
  }

  package let sort: Sort
  /// A file that holds the address; of mail the address itself.
  package let target: String

  /// As it was written.
  package var name: String { "\(sort.rawValue):\(target)" }

  /// What it is known by, from wherever errata is started.
  package var identity: String {
    // A pipe has the same name each time.
    if sort == .mail || target == "-" || FilePath.descriptor(of: target) != nil { return name }
    return "\(sort.rawValue):\(FilePath.absolute(target) ?? target)"
  }

  /// Whether whoever is told the same twice can see by its key that it is the same. Where not, what may
  /// have arrived is not sent again.
  package var knowsKeys: Bool { sort == .webhook || sort == .mail }

  /// Such as `slack:/etc/errata/slack` or `mail:ops@example.org`.
  package init(_ text: String) throws(ChannelError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let word = parts[0].lowercased()
    if word == "http" || word == "https" || text.hasPrefix("//") {
      throw ChannelError(
        .spelling, "an address on the command line is seen by others",
        hint: "Write it into a file that only you can read, and name that: webhook:FILE.")
    }
    guard parts.count == 2, let sort = Sort(rawValue: word) else {
      throw ChannelError(
        .spelling, "“\(text)” names no place to send to", hint: Channel.forms)
    }
    let target = String(parts[1])
    guard !target.isEmpty else {
      throw ChannelError(.spelling, "“\(text)” names no place", hint: Channel.forms)
    }
    if sort != .mail, target.hasPrefix("http://") || target.hasPrefix("https://") {
      throw ChannelError(
        .spelling, "an address on the command line is seen by others",
        hint: "Write it into a file that only you can read, and name that: \(word):FILE.")
    }
    if sort == .mail, !Channel.isMailbox(target) {
      throw ChannelError(
        .spelling, "“\(target)” is no address for mail",
        hint: "Write one such as mail:ops@HOST; for several, give the option several times.")
    }
    self.sort = sort
    self.target = target
  }

  private static let forms = "Write slack:FILE, teams:FILE, webhook:FILE or mail:ADDRESS."

  /// Whether it is an address as `sendmail` may be given it: a name, and a host where there is one. What
  /// programs for mail take for an option, a program, a file or a list is none.
  private static func isMailbox(_ text: String) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count <= 2, text.utf8.count <= 254, let name = parts.first?.utf8,
      let first = name.first, isAlphanumeric(first) || first == UInt8(ascii: "_"),
      name.allSatisfy({ isAlphanumeric($0) || "._+-='".utf8.contains($0) })
    else { return false }
    guard parts.count == 2 else { return true }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.allSatisfy { label in
      !label.isEmpty && label.first != "-"
        && label.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }
  }
}
