internal import Arguments
internal import Files
internal import Formats
internal import Glibc
internal import Ingest
internal import Profiles
internal import Rendering
internal import Times

extension Option {
  static let learnCheck = Option(
    "check", value: "LOG", "with learn: how much of a log the profile reads", completion: .files)
  static let only = Option(
    "only", value: "NAME", "with learn: of a configuration's formats, the one of this name")
  static let learnName = Option(
    "name", value: "NAME", "with learn: what the profile is to be called")
}

extension Invocation {
  /// `gateways learn`: makes a profile of the log format that a gateway's configuration states.
  func learn(_ catalog: Catalog) throws -> ExitCode {
    let draft = try draft(catalog)
    if !has(.quiet) {
      for line in draft.remarks { try Destination.standardError.write(visible(line) + "\n") }
    }
    guard let log = self[.learnCheck] else {
      try print(profile: Array(draft.text.utf8))
      return .ok
    }
    let file = "\(draft.name).json"
    let whole = try Catalog(
      try profileFiles + [ProfileFile(name: file, text: Array(draft.text.utf8), sort: .gateway)])
    var options = RecordReader.Options()
    options.now = { Clock.now }
    return try check(file, on: log, self, whole, options)
  }

  private func draft(_ catalog: Catalog) throws -> ProfileDraft {
    guard let operand = operands.dropFirst().first else {
      throw UsageError(
        "learn needs a configuration or a format",
        hint: "errata gateways learn nginx.conf > edge.json, or a format itself, or - for standard "
          + "input.")
    }
    do {
      var formats = try Configuration.formats(in: try configuration(operand))
      if let only = self[.only] {
        let names = formats.map(\.name).filter { !$0.isEmpty }
        formats = formats.filter { $0.name == only }
        if formats.isEmpty {
          throw UsageError(
            "it has no format “\(only)”",
            hint: names.isEmpty
              ? "Its formats have no names." : "It has \(names.joined(separator: ", ")).")
        }
      }
      let dialect = formats.first?.dialect.name ?? ""
      let built = catalog.gateway(called: dialect)
      let named = formats.count == 1 ? formats[0].name : ""
      let usual = named.isEmpty ? "my-\(dialect)" : "\(dialect)-\(named)"
      return try ProfileDraft(
        name: self[.learnName] ?? usual, of: formats.filter { $0.dialect.name == dialect },
        known: built?.contents)
    } catch let error as FormatError {
      throw UsageError("\(shown(operand)): \(error.message)", hint: error.hint)
    }
  }

  /// The text of a file, of standard input, or the operand itself.
  private func configuration(_ operand: String) throws -> String {
    let isFile = operand == "-" || operand.withPath { access($0, F_OK) } == 0
    if !isFile,
      operand.contains(where: { "%${ ".contains($0) })
        || !operand.contains(where: { "./".contains($0) })
    {
      return operand
    }
    do throws(ShortFile.Failure) {
      return String(decoding: try ShortFile.bytes(of: operand, most: 4 << 20), as: UTF8.self)
    } catch {
      throw InputError("\(shown(operand)): \(error.description)")
    }
  }

  private func shown(_ operand: String) -> String {
    operand == "-" ? "standard input" : operand.count > 40 ? operand.prefix(39) + "…" : operand
  }
}

extension ProfileDraft {
  /// What became of each variable, and what the format lacks.
  fileprivate var remarks: [String] {
    let width = min(uses.map(\.variable.count).max() ?? 0, 44)
    var lines = uses.map { use in
      let padding = String(repeating: " ", count: max(0, width - use.variable.count))
      let meaning =
        use.field.map { field in field + (use.unit.map { ", in \($0)" } ?? "") }
        ?? "of no use" + (use.remark.map { ": \($0)" } ?? "")
      return "\(use.variable)\(padding)  \(meaning)"
    }
    for field in missing {
      lines.append(
        field == "status"
          ? "There is no status in it: no line can be told to be an error."
          : "There is no \(field) in it: its events will have none.")
    }
    return lines
  }
}
