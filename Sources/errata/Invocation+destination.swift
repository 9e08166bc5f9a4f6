internal import Arguments
internal import Files
internal import Glibc
internal import Ingest
internal import Profiles
internal import Rendering
internal import Store

// Where results go: never onto something that the command reads or keeps.
extension Invocation {
  /// How results are shown.
  var format: Format {
    get throws { try formatOfOutput ?? choice(of: .format) ?? .table }
  }

  /// What the ending of `-o`'s file says, where nothing that is nearer says otherwise: `--format`, or a
  /// setting where the file is one, too.
  var formatOfOutput: Format? {
    if isGiven(Option.format.name) { return nil }
    if settings[Option.format.name] != nil, !isGiven(Option.output.name) { return nil }
    return self[.output].flatMap(Format.init(ofFile:))
  }

  /// Where `-o` says, or standard output.
  var destination: Destination {
    get throws {
      let path = self[.output] ?? "-"
      let destination = Destination(path: path)
      if let spot = destination.spot { try refuse(spot, as: path) }
      return destination
    }
  }

  /// Finds out what would stand in the way of the results, before the work is done.
  func checkDestination() throws {
    let destination = try self.destination
    guard let path = self[.output] else { return }
    try checkEnding(of: path)
    try destination.check()
  }

  /// Refuses a file whose ending promises what no command writes.
  private func checkEnding(of path: String) throws {
    let takesFormat = program.options(of: command).contains { $0.name == Option.format.name }
    guard takesFormat, !isGiven(Option.format.name) else { return }
    let ending = path.lowercased().split(separator: ".").last.map(String.init) ?? ""
    let foreign = [
      "pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "png", "jpg", "jpeg",
      "svg", "xml", "yaml", "yml", "tsv", "parquet", "gz", "zip",
    ]
    guard path.contains("."), foreign.contains(ending) else { return }
    throw UsageError(
      "errata writes no .\(ending)",
      hint: "Name a file that ends in .html, .md, .csv, .json or .ndjson, or say what it is to be "
        + "with --format.")
  }

  private func refuse(_ spot: FileSpot, as path: String) throws {
    guard let role = role(of: spot, as: path) else { return }
    let name = path == "-" ? "standard output" : path
    throw UsageError(
      "cannot write to \(name): \(role)", hint: "Name another file for the results, with -o.")
  }

  /// What a file is to this command; nil where it is nothing.
  private func role(of spot: FileSpot, as path: String) -> String? {
    func isAny(of paths: some Sequence<String>) -> Bool {
      paths.contains { FileSpot(path: $0) == spot }
    }
    if let store = try? namedStore.ownFile {
      if isAny(of: store.files) { return "it belongs to the store \(store.path)" }
    }
    for (name, paths) in files(besides: [.output, .store]) {
      // A shell makes the file of `errata import . > FILE` before that begins.
      let found = isEmptyOutput ? [] : Input.list(paths, excluding: []).inputs.map(\.path)
      if isAny(of: paths) || isAny(of: found) { return "it was given as \(name)" }
    }
    if path != "-", let store = try? namedStore.ownFile, isLog(path, of: store) {
      return "it is a log of the store \(store.path)"
    }
    if isAny(of: ownProfiles) { return "it is a profile of your own" }
    if isAny(of: KnownSettings.ownFiles) { return "it is one of your settings" }
    if isAny(of: addressFiles) { return "it holds the address of somebody to tell" }
    if isAny(of: ["/proc/self/exe"]) { return "it is errata itself" }
    if FileKind(descriptor: STDIN_FILENO) == .file, spot == FileSpot(descriptor: STDIN_FILENO),
      spot != FileSpot(descriptor: STDOUT_FILENO)
    {
      return "standard input is read from it"
    }
    return nil
  }

  /// Whether results go to standard output, and that is a file with nothing in it.
  private var isEmptyOutput: Bool {
    guard self[.output] ?? "-" == "-", let status = stat(descriptor: STDOUT_FILENO) else {
      return false
    }
    return FileKind(status) == .file && status.st_size == 0
  }

  /// Whether a file is a log that was imported. A store that cannot be read is refused by who reads it.
  private func isLog(_ path: String, of store: Store) -> Bool {
    (try? StoreReader(store).hasLog(at: path)) ?? false
  }

  private var ownProfiles: [String] {
    (try? configFolder.map { try ProfileFile.paths(in: $0) }) ?? []
  }
}
