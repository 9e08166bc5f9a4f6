internal import Batches
internal import Checks
internal import Events
internal import Questions
internal import Rendering
internal import Reports

// What an address picks of a store.
extension Asked {
  /// The parameters that pick fields of events, beside vendor and gateway.
  private static let fields: [(name: String, field: ResponseField)] = [
    ("status", .status), ("code", .code), ("kind", .kind), ("route", .route),
    ("consumer", .consumer), ("answered-by", .answeredBy),
  ]

  /// All parameters that pick events.
  static let filterNames = ["vendor"] + fields.map(\.name) + ["gateway", "grep"]

  /// The fields and the text that are asked for, and of which values the store has nothing.
  func filter() throws -> (events: EventFilter, absent: [String]) {
    var values: [ResponseField: [String]] = [:]
    for (name, field) in Self.fields {
      let own = self.values(name)
      if !own.isEmpty { values[field] = own }
    }
    let filter: EventFilter
    do throws(RuleError) {
      filter = try EventFilter(values, containing: self["grep"])
    } catch {
      let near = site.surroundings.nearest(error.word, error.known)
      throw PageFault(
        400, error.message.asSentence,
        near.map { "Did you mean “\($0)”?" } ?? error.hint?.asSentence)
    }
    do {
      let catalog = site.catalog
      return (filter, try filter.absent(NamedValues(in: archive) { catalog }))
    } catch let unseen as UnseenValue {
      throw fault(of: unseen)
    }
  }

  private func fault(of unseen: UnseenValue) -> PageFault {
    let (field, name) = (unseen.value.field, unseen.value.name)
    let near = site.surroundings.nearest(
      name.lowercased(), unseen.likenesses.map { $0.lowercased() }
    )
    .flatMap { near in unseen.likenesses.first { $0.lowercased() == near } }
    let parameter = Self.fields.first { $0.field == field }?.name
    let link = near.flatMap { near in
      parameter.map { Link("\(near)?", here.with($0, near)) }
    }
    return PageFault(
      400, "The store has no \(field.rawValue) “\(name)”.",
      link != nil
        ? "Did you mean"
        : unseen.known.isEmpty ? nil : "It has \(unseen.known.joined(separator: ", ")).",
      link: link)
  }
}
