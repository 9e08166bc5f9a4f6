import Batches
import Files
import Foundation
import Ingest
import Store

/// Two logs with everything they were rotated to, and which lines each of these holds.
final class Model {
  private let world: World
  private var logs: [Log]
  private var nextLine = 0

  /// One content, whatever its file is called.
  private final class Content {
    let number: Int
    /// Lines whose bytes are there, each with its newline.
    var lines: [String] = []
    /// Lines whose bytes are gone.
    var gone: [String] = []

    init(_ number: Int) { self.number = number }
  }

  private struct Log {
    var name: String
    var current: Content?
    /// The part of a line that stands at the end.
    var part: Substring = ""
    var rest: Substring = ""
    /// The newest first; `file` is what follows the name and the number.
    var rotated: [(content: Content, suffix: String)] = []
  }

  private var contents: [Content] = []

  init(holdsLogs: Bool) throws {
    world = try World()
    world.holdsLogs = holdsLogs
    logs = ["a.log", "b.log"].map { Log(name: $0) }
  }

  func take(_ step: Step) throws {
    switch step {
    case .append(let log, let count): try append(count, to: log)
    case .appendPart(let log): try appendPart(to: log)
    case .rename(let log):
      guard world.exists(logs[log].name) else { return }
      try rotate(log)
      world.rename(logs[log].name, to: logs[log].name + ".1")
      forgetPart(log)
    case .copyTruncate(let log):
      guard world.exists(logs[log].name) else { return }
      try rotate(log)
      try world.copy(logs[log].name, to: logs[log].name + ".1")
      world.truncate(logs[log].name)
      forgetPart(log)
    case .truncate(let log, let count):
      guard world.exists(logs[log].name) else { return }
      world.truncate(logs[log].name)
      lose(log)
      try append(count, to: log)
    case .recreate(let log, let count):
      guard world.exists(logs[log].name) else { return }
      world.remove(logs[log].name)
      lose(log)
      try append(count, to: log)
    case .compress(let log, let container):
      guard let file = logs[log].rotated.first, file.suffix.isEmpty else { return }
      try world.compress(logs[log].name + ".1", as: container)
      logs[log].rotated[0].suffix = container.suffix
    case .appendMember(let log, let count):
      guard let file = logs[log].rotated.first,
        let container = Container.allCases.first(where: { $0.suffix == file.suffix }),
        file.content.lines.count > 0, !isCut(file.content)
      else { return }
      let name = logs[log].name + ".1" + file.suffix
      let new = newLines(count)
      try world.append(container.wrapping(Array(new.map(line).joined().utf8)), to: name)
      world.age(name)
      file.content.lines += new
    case .equalHead(let log):
      if world.exists(logs[log].name), try !world.bytes(of: logs[log].name).isEmpty { return }
      let content = current(log)
      // Never alone: a head by itself is told from another's by its file only.
      let own = newLines(1)
      try world.append(line("head") + own.map(line).joined(), to: logs[log].name)
      content.lines += own
    case .importAll: stopFollowing(); try world.importing()
    case .importOne(let log): stopFollowing(); try importOne(log)
    case .follow(let log): try follow(log)
    case .restart: stopFollowing()
    case .kill(let commit, let after, let isFollowing):
      stopFollowing()
      if isFollowing {
        try world.following(dying: (commit, after))
        stopFollowing()
      } else {
        try world.importing(dying: (commit, after))
      }
    }
  }

  private var followed: Int?? = .none

  private func stopFollowing() {
    followed = .none
    world.restart()
  }

  private func follow(_ log: Int?) throws {
    if followed != .some(log) { stopFollowing() }
    followed = .some(log)
    if let log { try world.following(logs[log].name) } else { try world.following() }
  }

  private func importOne(_ log: Int) throws {
    if world.exists(logs[log].name) { try world.importing(logs[log].name) }
  }

  // MARK: Files

  private func current(_ log: Int) -> Content {
    if let content = logs[log].current { return content }
    let content = Content(contents.count)
    contents.append(content)
    logs[log].current = content
    return content
  }

  private func newLines(_ count: Int) -> [String] {
    defer { nextLine += count }
    return (nextLine..<nextLine + count).map { "line-\($0)" }
  }

  private func append(_ count: Int, to log: Int) throws {
    let content = current(log)
    let new = newLines(count)
    try world.append(logs[log].rest + new.map(line).joined(), to: logs[log].name)
    if !logs[log].rest.isEmpty { content.lines.append(String(logs[log].part)) }
    content.lines += new
    logs[log].rest = ""
  }

  /// The id of a line, most of which is there.
  private func appendPart(to log: Int) throws {
    guard logs[log].rest.isEmpty else { return }
    _ = current(log)
    let id = newLines(1)[0]
    let text = line(id)
    let cut = text.index(text.startIndex, offsetBy: 7 + nextLine % (text.count - 9))
    try world.append(String(text[..<cut]), to: logs[log].name)
    logs[log].part = Substring(id)
    logs[log].rest = text[cut...]
  }

  /// Whoever writes goes on in a new file with a new line.
  private func forgetPart(_ log: Int) {
    if !logs[log].rest.isEmpty, let content = logs[log].rotated.first?.content {
      cut.insert(content.number)
    }
    logs[log].rest = ""
    logs[log].current = nil
  }

  /// Contents that end within a line for good.
  private var cut: Set<Int> = []

  private func isCut(_ content: Content) -> Bool { cut.contains(content.number) }

  private func lose(_ log: Int) {
    if let content = logs[log].current {
      content.gone += content.lines
      content.lines = []
    }
    logs[log].rest = ""
    logs[log].current = nil
  }

  /// Makes room for a file with the number 1.
  private func rotate(_ log: Int) throws {
    let name = logs[log].name
    for (place, file) in logs[log].rotated.enumerated().reversed() {
      world.rename("\(name).\(place + 1)\(file.suffix)", to: "\(name).\(place + 2)\(file.suffix)")
    }
    logs[log].rotated.insert((current(log), ""), at: 0)
  }

  // MARK: What must be so

  /// What is wrong once everything that is there was imported; nil when nothing is.
  func problem() throws -> String? {
    for log in logs.indices { try append(1, to: log) }
    stopFollowing()
    try world.importing()
    let again = try world.importing()
    if again.tally.records != 0 { return "the last import was not the last" }
    let stored = try world.stored()
    let own = stored.filter { $0.id != "head" }
    if Set(own.map(\.id)).count != own.count {
      let doubled = Dictionary(grouping: own, by: \.id).filter { $0.value.count > 1 }.keys
      return "doubled: \(doubled.sorted())"
    }
    let sources = Dictionary(own.map { ($0.id, $0.source) }, uniquingKeysWith: { one, _ in one })
    let gaps = try world.gaps()
    for content in contents {
      let lost = content.lines.filter { sources[$0] == nil }
      if !lost.isEmpty { return "lost: \(lost)" }
      let missing = content.gone.filter { sources[$0] == nil }
      if !missing.isEmpty, let source = content.gone.lazy.compactMap({ sources[$0] }).first,
        !gaps.contains(source)
      {
        return "gone without a gap: \(missing)"
      }
    }
    let problems = try Verification(world.store).problems
    return problems.isEmpty ? nil : problems.joined(separator: "\n")
  }
}
