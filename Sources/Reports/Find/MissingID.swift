internal import Answers
internal import Batches
internal import Files
internal import Questions
internal import Tickets
internal import Times

/// An id of which nothing is known, and what is known nearby.
struct MissingID: Described {
  var id: String
  /// Whether it is cut off: only the beginning or the end of an id.
  var isCut: Bool
  /// The vendor whose ids are built like it; nil where none alone has such.
  var vendor: String?
  /// The times of what is stored of that vendor, else of all.
  var known: TimeRange?

  /// So many are listed one by one for people.
  static let mostListed = 20

  static let fields: Fields<MissingID> = [
    Field("id", "as it was written") { $0.id },
    Field("looks_like", "the vendor whose ids alone look like it") { $0.vendor },
    Field(
      optionalTime: "known_since", "from when on something is stored of that vendor, else of any"
    ) { $0.known?.since },
    Field(optionalTime: "known_until", "until when; exclusive") { $0.known?.until },
  ]
}

extension Finder {
  /// What is known near ids of which nothing is.
  func knowledge(of missing: [Mention]) throws -> [MissingID] {
    if missing.isEmpty { return [] }
    let extent = try archive.extent()
    var extents: [String: TimeRange]?
    return try missing.map { mention in
      var id = MissingID(id: mention.text, isCut: mention.cut != nil, vendor: nil, known: extent)
      guard let number = try knownIDs.vendor(ofIDLike: mention.text),
        let vendor = archive.text(number, in: .vendor)
      else { return id }
      let all = try extents ?? vendorExtents()
      extents = all
      id.vendor = vendor
      id.known = all[vendor] ?? extent
      return id
    }
  }

  /// From when to when something is stored of each vendor: to the hour.
  private func vendorExtents() throws -> [String: TimeRange] {
    guard let extent = try archive.extent() else { return [:] }
    var extents: [Int64: TimeRange] = [:]
    let hours = TimeRange(
      since: extent.since.rounded(downTo: Milliseconds.hour), until: extent.until)
    try archive.hourlyResponses(during: hours) { count in
      let hour = TimeRange(since: count.time, until: count.time.addingClamped(Milliseconds.hour))
      guard let known = extents[count.vendor] else {
        extents[count.vendor] = hour
        return
      }
      extents[count.vendor] = TimeRange(
        since: min(known.since, hour.since), until: max(known.until, hour.until))
    }
    var named: [String: TimeRange] = [:]
    for (number, range) in extents {
      guard let vendor = archive.text(number, in: .vendor) else { continue }
      let known = named[vendor] ?? range
      named[vendor] = TimeRange(
        since: max(extent.since, min(known.since, range.since)),
        until: min(extent.until, max(known.until, range.until)))
    }
    return named
  }

  /// What there is to say of them; nothing where there are none.
  func words(for missing: [MissingID]) -> [Block] {
    if missing.isEmpty { return [] }
    var blocks: [Block] = []
    var sentences: [String] = []
    let cut = missing.filter(\.isCut)
    if missing.count <= 3 {
      sentences = ["Nothing is known of \(missing.map(\.id).joined(separator: ", "))."]
    } else {
      // One below the other, as they were pasted.
      blocks = [
        .paragraph("Nothing is known of \(grouped(Int64(missing.count))) ids:"),
        .verbatim(listed(missing.map(\.id))),
      ]
    }
    if !cut.isEmpty {
      let whose =
        missing.count == 1
        ? "It is"
        : cut.count == 1 ? "\(cut[0].id) is" : "\(grouped(Int64(cut.count))) of them are"
      sentences.append(
        "\(whose) cut off: of the ids of requests eight characters at the beginning or the end will do, "
          + "others are known as a whole only.")
    }
    var told: Set<String> = []
    for id in missing {
      guard let vendor = id.vendor, let known = id.known, told.insert(vendor).inserted else {
        continue
      }
      sentences.append(
        "\(missing.count == 1 ? "It" : id.id) looks like an id of \(vendor), of which the store has "
          + "\(shown(known)).")
    }
    if told.isEmpty, let known = missing.first?.known {
      sentences.append("The store has \(shown(known)).")
    }
    return sentences.isEmpty ? blocks : blocks + [.paragraph(sentences.joined(separator: " "))]
  }

  /// A line each; of many the first.
  private func listed(_ ids: [String]) -> String {
    let left = ids.count - MissingID.mostListed
    if left <= 1 { return ids.joined(separator: "\n") }
    return (ids.prefix(MissingID.mostListed) + ["and \(grouped(Int64(left))) more"])
      .joined(separator: "\n")
  }

  private func shown(_ range: TimeRange) -> String {
    func time(_ time: Int64) -> String { formatLocal(time, zone: zone, style: .minutes) }
    return "what was logged from \(time(range.since)) to \(time(range.until)) (\(zone.name))"
  }
}
