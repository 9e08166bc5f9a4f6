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
    guard let operand = operands.dropFirst().first else {
      throw UsageError(
        "learn needs a configuration or a format",
        hint: "errata gateways learn nginx.conf > edge.json, or a format itself, or - for standard "
          + "input.")
    }
    let (draft, refused) = try draft(of: operand, catalog)
    for error in refused {
      let words = "errata: \(place(of: error, in: operand)): \(error.message)"
      try Destination.standardError.write(visible(words) + "\n")
      try Destination.standardError.write(visible("  \(error.hint)") + "\n")
    }
    if !has(.quiet) {
      for line in draft.remarks { try Destination.standardError.write(visible(line) + "\n") }
    }
    guard let log = self[.learnCheck] else {
      try print(profile: Array(draft.text.utf8))
      return refused.isEmpty ? .ok : .failure
    }
    let file = "\(draft.name).json"
    let whole = try Catalog(
      try profileFiles + [ProfileFile(name: file, text: Array(draft.text.utf8), sort: .gateway)])
    var options = RecordReader.Options()
    options.now = { Clock.now }
    let code = try check(file, on: log, self, whole, options)
    return code == .ok && !refused.isEmpty ? .failure : code
  }

  /// The profile that a configuration makes, and what of its formats is not in it.
  private func draft(of operand: String, _ catalog: Catalog) throws -> (ProfileDraft, [FormatError])
  {
    do {
      let stated = try stated(in: operand)
      guard let first = stated.formats.first else {
        throw stated.refused.first ?? FormatError("there is no format", hint: "Name one.")
      }
      let dialect = first.dialect.name
      let named = stated.formats.count == 1 ? GatewayProfile.name(for: first.name) : ""
      let usual = named.isEmpty ? "my-\(dialect)" : "\(dialect)-\(named)"
      let draft = try ProfileDraft(
        name: try profileName ?? usual, of: stated.formats,
        known: catalog.gateway(called: dialect)?.contents)
      return (draft, stated.refused + draft.refused)
    } catch let error as FormatError {
      throw UsageError("\(place(of: error, in: operand)): \(error.message)", hint: error.hint)
    }
  }

  /// What the profile is to be called.
  private var profileName: String? {
    get throws {
      guard let name = self[.learnName] else { return nil }
      guard GatewayProfile.isName(name) else {
        throw UsageError(
          "“\(name)” cannot be the name of a profile",
          hint: "A name is \(GatewayProfile.nameRule).")
      }
      guard name != GatewayProfile.genericName else {
        throw UsageError(
          "“\(name)” is the profile that holds for all gateways",
          hint: "Another name keeps it: errata gateways profile \(name) prints it.")
      }
      return name
    }
  }

  private func stated(in operand: String) throws -> StatedFormats {
    let stated = try Configuration.formats(in: try configuration(operand))
    guard let only = self[.only] else { return stated }
    let some = stated.named(only)
    guard some.formats.isEmpty, some.refused.isEmpty else { return some }
    let names = stated.formats.map(\.name).filter { !$0.isEmpty }
    throw UsageError(
      "it has no format “\(only)”",
      hint: names.isEmpty
        ? "Its formats have no names." : "It has \(names.joined(separator: ", ")).")
  }

  /// Where a format stands that cannot be learnt: its file, line and name.
  private func place(of error: FormatError, in operand: String) -> String {
    shown(operand) + (error.line.map { ":\($0)" } ?? "")
      + (error.name.isEmpty ? "" : ": “\(error.name)”")
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
      let remedy = remedy(for: field).map { " Add \($0) to the format." } ?? ""
      lines.append(
        (field == "status"
          ? "There is no status in it: no line can be told to be an error."
          : "There is no \(field) in it: its events will have none.") + remedy)
    }
    return lines
  }
}
