internal import Files
internal import Profiles

/// What a plan limits (the resource), and how much of it there may be (the limit), as far as a
/// message says.
struct PlanLimit: Equatable {
  var resource: String?
  var limit: Int64?

  /// Reads a message such as "Plan limit reached: monthly messages (limit 5000)".
  ///
  /// The resource is one the vendor's profile lists, else what stands between the words that this or
  /// the generic one has for it, else what is said of the route.
  init(message: String, routeResource: String?, profile: BodyProfile, generic: BodyProfile) {
    let text = message.inLowerCase
    resource =
      profile.resources.first { PlanLimit.names(text, $0.lowercased()) }
      ?? (profile.resourceText + generic.resourceText).lazy
      .compactMap { PlanLimit.between($0.before, $0.after, in: text) }.first
      ?? routeResource
    limit = PlanNumbers(in: text, after: profile.limitText + generic.limitText).number
  }

  /// Whether a text names a resource, also in the singular.
  private static func names(_ text: String, _ resource: String) -> Bool {
    if holdsWord(text, resource) { return true }
    return resource.hasSuffix("s") && holdsWord(text, String(resource.dropLast()))
  }

  private static func holdsWord(_ text: String, _ word: String) -> Bool {
    text.withBytes { text in
      word.withBytes { word in
        if word.isEmpty { return false }
        var place = 0
        while let start = text.place(of: word, from: place) {
          let end = start + word.count
          let isApart = start == 0 || !isWordByte(text[start - 1])
          if isApart, end == text.count || !isWordByte(text[end]) { return true }
          place = start + 1
        }
        return false
      }
    }
  }

  private static func between(_ head: String, _ tail: String, in text: String) -> String? {
    text.withBytes { text in
      guard let before = head.withBytes({ place(of: $0, in: text, from: 0) }) else { return nil }
      let start = before + head.utf8.count
      guard let end = tail.withBytes({ place(of: $0, in: text, from: start) }), start < end else {
        return nil
      }
      return String(repairing: text.part(start..<end))
    }
  }

  /// Where a piece stands next whose last character goes no further.
  private static func place(of piece: Bytes, in text: Bytes, from start: Int) -> Int? {
    var place = start
    while let found = text.place(of: piece, from: place) {
      let rest = text.part(found + piece.count..<min(text.count, found + piece.count + 4))
      if String(repairing: rest).unicodeScalars.first?.continuesCharacter != true { return found }
      place = found + 1
    }
    return nil
  }
}
