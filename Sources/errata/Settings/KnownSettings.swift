internal import Arguments
internal import Files
internal import Glibc
internal import Queries
internal import Settings
internal import Store

/// What files say that a command line may leave unsaid: the project's, then the user's own.
struct KnownSettings {
  /// Where a file is looked for.
  struct Place {
    let path: String
    let origin: SettingsFile.Origin
    /// Nil where no file is read.
    var file: SettingsFile?
  }

  private(set) var places: [Place] = []
  /// Why a project's file that is there is not read.
  private(set) var warning: String?

  /// The first that says something counts.
  var settings: [Setting] { places.compactMap(\.file).flatMap(\.settings) }

  private static let projectName = ".errata.json"

  /// Reads the files. `ERRATA_CONFIG` names another one than the user's own; - stands for none at all.
  init(environment: (String) -> String?, program: Program) throws {
    let named = environment("ERRATA_CONFIG").flatMap { $0.isEmpty ? nil : $0 }
    if named == "-" { return }
    if let path = KnownSettings.projectFile {
      if KnownSettings.isTrusted(path) {
        places.append(
          Place(path: path, origin: .project, file: try SettingsFile(path: path, origin: .project)))
      } else {
        places.append(Place(path: path, origin: .project))
        warning = "\(path) belongs to another user, and is not read"
      }
    }
    if let path = named ?? configFolder.map({ $0 + "/config.json" }) {
      let file = try SettingsFile(path: path, origin: .user)
      if file == nil, named != nil {
        throw SettingsError(
          file: path, message: "there is no such file",
          hint: "ERRATA_CONFIG names it; - stands for none.")
      }
      places.append(Place(path: path, origin: .user, file: file))
    }
    for setting in settings { try setting.check(against: program) }
  }

  /// The files themselves, and queries beside them, as far as they can be told.
  static var ownFiles: [String] {
    let named = getenv("ERRATA_CONFIG").map { PathText.text(of: $0) }
    let own = configFolder.map { [$0 + "/config.json"] } ?? []
    let queries = (try? OwnQueries.all()) ?? []
    return own + [named, projectFile].compactMap { $0 } + queries.compactMap(\.path)
  }

  /// The nearest `.errata.json`, of the folder one works in or one that it stands in.
  private static var projectFile: String? {
    guard let current = getcwd(nil, 0) else { return nil }
    defer { free(current) }
    var folder = PathText.text(of: current)
    while true {
      let path = (folder == "/" ? "" : folder) + "/" + projectName
      if FileKind(path: path) != nil { return path }
      if folder == "/" { return nil }
      folder = FilePath.folder(of: folder)
    }
  }

  /// Whether nobody else can have written it but who is root.
  private static func isTrusted(_ path: String) -> Bool {
    guard let status = stat(path: path) else { return false }
    return (status.st_uid == geteuid() || status.st_uid == 0) && status.st_mode & 0o002 == 0
  }

  /// What other names of vendors stand for, in lower case.
  var vendorNames: [String: String] {
    var names: [String: String] = [:]
    for setting in settings {
      guard case .vendor(let name) = setting.subject, case .texts(let texts) = setting.content
      else { continue }
      names[name.lowercased()] = names[name.lowercased()] ?? texts.first
    }
    return names
  }
}
