internal import Batches
internal import Questions
internal import Tickets

/// What the ids of a store look like, as some hundreds of its events show.
final class KnownIDs {
  private let archive: any Archive
  /// What was found of ids: an event's own are asked for once more, for the other lines of its request.
  var events: [String: [Finder.Found]] = [:]
  /// Of so many ids it is remembered.
  static let mostEvents = 1 << 12
  private var samples: [(id: String, vendor: Int64)]?

  init(_ archive: any Archive) {
    self.archive = archive
  }

  private func some() throws -> [(id: String, vendor: Int64)] {
    if let samples { return samples }
    let found = try archive.someIDs(400)
    samples = found
    return found
  }

  /// The forms in which an id may be logged here.
  func forms() throws -> IDForms {
    if let known { return known }
    let forms = IDForms(like: try some().lazy.map(\.id))
    known = forms
    return forms
  }

  private var known: IDForms?

  /// The vendor whose ids alone look like this one; nil where they are not told apart.
  func vendor(ofIDLike id: String) throws -> Int64? {
    let pattern = IDPattern(of: id)
    guard pattern.isTelling else { return nil }
    let alike = try some().filter { IDPattern(of: $0.id) == pattern }
    guard alike.count >= 2, let vendor = alike.first?.vendor, vendor != 0 else { return nil }
    let name = archive.text(vendor, in: .vendor)
    return alike.allSatisfy { archive.text($0.vendor, in: .vendor) == name } ? vendor : nil
  }
}
