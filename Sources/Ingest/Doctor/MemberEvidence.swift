internal import Files
internal import JSON

/// What the members of some objects look like.
struct MemberEvidence {
  let values: [ProfileGuess.Value]

  private static let deepest = 4
  private static let mostMembers = 256

  /// Nil where the samples are no objects, or nothing in them looks like a status.
  init?(of samples: [String]) {
    var looks: [String: ValueLook] = [:]
    var counts: [String: Int] = [:]
    var order: [String] = []
    let parser = JSONParser()
    var objects = 0
    for sample in samples {
      let bytes = Array(sample.utf8)
      bytes.withUnsafeBufferPointer { bytes in
        guard let root = try? parser.parse(bytes), root.isObject else { return }
        objects += 1
        MemberEvidence.walk(root, "", 0) { path, text in
          if looks[path] == nil {
            guard order.count < MemberEvidence.mostMembers else { return }
            order.append(path)
          }
          looks[path, default: ValueLook()].add(text)
          counts[path, default: 0] += 1
        }
      }
    }
    guard objects > 0, objects * 10 >= samples.count * 9 else { return nil }
    // What every record has; the rest tells nothing of the others.
    let always = order.filter { (counts[$0] ?? 0) * 10 >= objects * 9 }
    guard let status = MemberEvidence.status(among: always, looks) else { return nil }
    var taken: Set<String> = []
    values = always.map { path in
      var value = ProfileGuess.Value(name: path)
      value.field = path == status ? "status" : looks[path]?.field
      if value.field == nil, let unit = MemberEvidence.latencyUnit(of: path),
        looks[path]?.isNumber ?? false
      {
        value.field = "latency"
        value.unit = unit.isEmpty ? nil : unit
      }
      if let field = value.field, !taken.insert(field).inserted { value.field = nil }
      return value
    }
  }

  private static func walk(
    _ object: JSONValue, _ above: String, _ depth: Int, _ body: (String, String) -> Void
  ) {
    for (key, value) in object.members {
      let name = String(decoding: key, as: UTF8.self)
      let path = above.isEmpty ? name : "\(above).\(name)"
      if value.isObject {
        if depth < deepest { walk(value, path, depth + 1, body) }
      } else if let text = value.text {
        body(path, text)
      } else if value.number != nil {
        body(path, value.numberText)
      }
    }
  }

  private static let statusWords = [
    "status", "code", "result", "http", "resp", "answer", "outcome", "ret", "verdict", "rc",
  ]

  /// The member that looks most like a status: by its name and its values, else by its values alone.
  private static func status(among paths: [String], _ looks: [String: ValueLook]) -> String? {
    func name(_ path: String) -> String {
      path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    }
    let named = paths.filter { path in
      statusWords.contains { name(path).contains(text: $0) } && (looks[path]?.isStatus ?? false)
    }
    return statusWords.lazy.compactMap { word in named.first { name($0).contains(text: word) } }
      .first
      ?? paths.first { looks[$0]?.isUsualStatus ?? false }
  }

  private static let latencyWords = [
    "latency", "duration", "elapsed", "took", "responsetime", "requesttime", "runtime", "millis",
  ]

  /// The unit of a latency by the end of its name, empty where it says none; nil for other names.
  private static func latencyUnit(of path: String) -> String? {
    let name = (path.split(separator: ".").last.map { $0.lowercased() } ?? "")
    let letters = name.filter { $0.isLetter }
    let isTold = ["_ms", "_us", "_ns"].contains(where: name.hasSuffix)
    guard isTold || latencyWords.contains(where: letters.contains) else { return nil }
    for (end, unit) in [
      ("_ms", "ms"), ("millis", "ms"), ("_us", "us"), ("micros", "us"), ("_ns", "ns"),
      ("nanos", "ns"), ("_s", "s"), ("seconds", "s"), ("secs", "s"), ("ms", "ms"),
    ] where name.hasSuffix(end) {
      return unit
    }
    return ""
  }
}
