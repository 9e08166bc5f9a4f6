internal import Files
internal import Glibc

/// A time zone of the IANA database: how far its clocks are from UTC, and when.
///
/// The file is read once and no state of the process is touched, so any number of zones work side
/// by side. "Local" milliseconds are what the zone's clocks show, counted as if they showed UTC.
package struct Zone: Sendable {
  package let name: String
  /// Nil where clocks show UTC.
  private let table: TZif?

  package static let utc = Zone(name: "UTC", table: nil)

  /// The zone this machine is set to. Read once.
  package static let system = Zone.system(
    variable: getenv("TZ").map { String(cString: $0) }, etc: "/etc")

  /// What else UTC is called, without `Etc/` before it:
  /// <https://github.com/eggert/tz/blob/main/backward>.
  private static let namesOfUTC: Set<String> = [
    "UTC", "Z", "GMT", "UCT", "ZULU", "UNIVERSAL", "GREENWICH", "GMT0", "GMT+0", "GMT-0", "UTC0",
  ]

  /// Whether a name is one of UTC's: that needs no files, and is shown as UTC.
  private static func isUTC(_ name: String) -> Bool {
    let name = name.uppercased()
    return namesOfUTC.contains(name.hasPrefix("ETC/") ? String(name.dropFirst(4)) : name)
  }

  /// The zone with an IANA name such as `Europe/Berlin`, in any case.
  package init(named name: String) throws(TimeError) {
    if Self.isUTC(name) {
      self = .utc
      return
    }
    guard Self.isName(name) else {
      throw TimeError(
        message: "“\(name)” is no name of a time zone",
        hint: "names look like Europe/Berlin, America/New_York or UTC")
    }
    let folder = getenv("TZDIR").map { String(cString: $0) } ?? "/usr/share/zoneinfo"
    var name = name
    var contents = Self.contents(ofFile: folder + "/" + name)
    if contents == nil, let spelt = Self.spelling(of: name, in: folder) {
      name = spelt
      contents = Self.contents(ofFile: folder + "/" + name)
    }
    guard let contents else {
      let isInstalled = access(folder + "/Europe/Berlin", R_OK) == 0
      throw TimeError(
        message: "unknown time zone “\(name)”",
        hint: isInstalled
          ? "\(folder) lists them: Europe/Berlin, America/New_York, UTC"
          : "\(folder) holds no zones: install tzdata, or use UTC")
    }
    guard let table = contents.withUnsafeBufferPointer({ TZif($0) }) else {
      throw TimeError(
        message: "\(folder)/\(name) is not a time zone that can be used",
        hint: "names look like Europe/Berlin, America/New_York or UTC")
    }
    self.init(name: name, table: table.isUTC ? nil : table)
  }

  private init(name: String, table: TZif?) {
    self.name = name
    self.table = table
  }

  /// Seconds by which clocks are ahead of UTC (east) at `time`.
  package func offset(at time: Int64) -> Int {
    table?.offset(at: floorDivide(time, by: 1000)) ?? 0
  }

  /// What clocks show at `time`.
  package func local(of time: Int64) -> Int64 {
    time.addingClamped(Int64(offset(at: time)) * 1000)
  }

  /// When clocks show `local`: the first time, if they do twice; if they skip it, as long after
  /// the gap's start as it lies in the gap.
  package func utc(ofLocal local: Int64) -> Int64 {
    guard let table else { return local }
    let seconds = floorDivide(local, by: 1000)
    let before = table.offset(at: seconds.addingClamped(-86_400))
    let after = table.offset(at: seconds.addingClamped(86_400))
    // The greater offset gives the earlier time.
    let greater = max(before, after)
    if table.offset(at: seconds.addingClamped(-Int64(greater))) == greater {
      return local.addingClamped(-Int64(greater) * 1000)
    }
    let smaller = min(before, after)
    if smaller < greater, table.offset(at: seconds.addingClamped(-Int64(smaller))) == smaller {
      return local.addingClamped(-Int64(smaller) * 1000)
    }
    return local.addingClamped(-Int64(before) * 1000)
  }
}

// MARK: - Days

extension Zone {
  /// The first instant of the day `dayNumber` days after 1970-01-01.
  func start(ofDay dayNumber: Int) -> Int64 {
    utc(ofLocal: Int64(dayNumber) * Milliseconds.day)
  }

  /// The last day to have begun at or before `time`, in days after 1970-01-01.
  ///
  /// That is the date clocks show, except where they were set back across midnight: a day that has
  /// begun does not end twice.
  func day(of time: Int64) -> Int {
    var day = Int(floorDivide(local(of: time), by: Milliseconds.day))
    while start(ofDay: day) > time { day -= 1 }
    while start(ofDay: day + 1) <= time { day += 1 }
    return day
  }
}

// MARK: - Files

extension Zone {
  /// The zone glibc would take: `$TZ`, what /etc/localtime links to, /etc/timezone; else UTC.
  static func system(variable: String?, etc: String) -> Zone {
    if var name = variable {
      if name.hasPrefix(":") { name.removeFirst() }
      if let zone = installed(name) { return zone }
      let table = name.withBytes { DaylightRule($0) }.map { TZif(rule: $0) }
      return table.map { Zone(name: name, table: $0.isUTC ? nil : $0) } ?? .utc
    }
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink(etc + "/localtime", &path, path.count)
    if length > 0 {
      let target = String(decoding: path[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if let zone = installed(target) { return zone }
    }
    guard let contents = contents(ofFile: etc + "/timezone") else { return .utc }
    let name = contents.withUnsafeBufferPointer { String(repairing: $0.trimmed) }
    return installed(name) ?? .utc
  }

  /// The zone of a name or of a path into a zoneinfo folder.
  private static func installed(_ path: String) -> Zone? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let start = parts.lastIndex(of: "zoneinfo").map { $0 + 1 } ?? 0
    return try? Zone(named: parts[start...].joined(separator: "/"))
  }

  /// How the database writes a name that differs in case; nil where it has none, or no list of them:
  /// a line for a zone begins with `Z` and its name, one for another name of it ends with that.
  private static func spelling(of name: String, in folder: String) -> String? {
    guard let list = contents(ofFile: folder + "/tzdata.zi") else { return nil }
    let wanted = name.lowercased()
    for line in list.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: ASCII.space)
      guard words.count > 2 else { continue }
      let place = words[0].elementsEqual("Z".utf8) ? 1 : words[0].elementsEqual("L".utf8) ? 2 : nil
      guard let known = place.map({ words[$0] }), known.count == wanted.utf8.count else { continue }
      let spelt = String(decoding: known, as: UTF8.self)
      if spelt.lowercased() == wanted { return spelt }
    }
    return nil
  }

  /// Letters, digits, `+`, `-`, `_`, in parts between slashes: no path leads out of the folder.
  private static func isName(_ name: String) -> Bool {
    guard name.utf8.count <= 64 else { return false }
    return name.utf8.split(separator: ASCII.slash, omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty
        && $0.allSatisfy {
          $0.isLetter || $0.digit != nil || $0 == ASCII.plus || $0 == ASCII.dash || $0 == 0x5F
        }
    }
  }

  /// The contents of a regular file of at most 1 MiB.
  private static func contents(ofFile path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard let status = stat(descriptor: descriptor), FileKind(status) == .file,
      status.st_size <= 1 << 20
    else { return nil }
    let size = Int(status.st_size)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let length = read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if length <= 0 { break }
        count += length
      }
    }
  }
}
