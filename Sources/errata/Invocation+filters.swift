internal import Arguments
internal import Batches
internal import Checks
internal import Events
internal import Files
internal import Profiles
internal import Reports
internal import Store

/// Which responses an invocation asks about.
struct Filters {
  /// As the store calls them; empty for all.
  var vendors: [String] = []
  /// The one gateway that is asked about; nil for all, or for those that `events` has.
  var gateway: String?
  var events = EventFilter()
  /// What is known, and of which the store has nothing.
  var absent: [String] = []
}

extension Invocation {
  /// What the filters of the command line mean in a store.
  func filters(in store: StoreReader) throws -> Filters {
    var filters = Filters()
    // Other commands have these two alone, without patterns.
    guard command.options.contains(.grep) else {
      let vendors = try vendors(in: store)
      let gateway = try gateway(in: store)
      (filters.vendors, filters.gateway) = (vendors.names, gateway.name)
      filters.absent = vendors.absent + gateway.absent
      return filters
    }
    var values: [ResponseField: [String]] = [:]
    let vendors = try namedVendors(in: store)
    (filters.vendors, filters.absent) = (vendors.names, vendors.absent)
    values[.vendor] = vendors.excluded
    let gateways = self.values(of: .gateways)
    if gateways.count == 1, !gateways[0].isPattern {
      let gateway = try gateway(in: store)
      filters.gateway = gateway.name
      filters.absent += gateway.absent
    } else {
      values[.gateway] = gateways
    }
    for (option, field) in Option.fieldFilters { values[field] = self.values(of: option) }
    filters.events = try filter(values)
    do {
      filters.absent += try filters.events.absent(NamedValues(in: store) { try catalog })
    } catch let unseen as UnseenValue {
      let name = unseen.value.name
      let given = Option.filters.flatMap { self.values(of: $0) }
        .map { $0.first == "!" ? String($0.dropFirst()) : $0 }
      throw UsageError(unseen, as: given.first { $0.lowercased() == name } ?? name)
    }
    return filters
  }

  private func filter(_ values: [ResponseField: [String]]) throws -> EventFilter {
    do {
      return try EventFilter(values, containing: self[.grep])
    } catch {
      let near = nearest(to: error.word, among: error.known).map { "Did you mean “\($0)”? " } ?? ""
      throw UsageError(error.message, hint: near + (error.hint ?? ""))
    }
  }

  /// The vendors that are asked about, patterns among them spelt out, and those that are not.
  private func namedVendors(
    in store: StoreReader
  ) throws -> (names: [String], absent: [String], excluded: [String]) {
    let values = values(of: .vendors)
    let excluded = values.filter { $0.first == "!" }
    let patterns = values.filter { $0.first != "!" && $0.isPattern }
    let plain = values.filter { $0.first != "!" && !$0.isPattern }
    let known = try knownVendors(plain, in: store)
    var names = known.names
    let stored = patterns.isEmpty ? [] : try store.texts(in: .vendor)
    for pattern in patterns {
      let condition = Condition.holds(pattern, of: .vendor)
      let met = stored.filter { condition.isMet(byText: $0) }
      if met.isEmpty {
        throw UsageError(
          "there is no vendor like “\(pattern)”",
          hint: "“errata rates --by vendor” lists those of the store.")
      }
      names += met.filter { !names.contains($0) }
    }
    return (names, known.absent, excluded)
  }
}

extension String {
  /// Whether it stands for other names than itself.
  fileprivate var isPattern: Bool { contains("*") || first == "!" }
}

extension UsageError {
  /// - Parameter name: as it was written.
  init(_ unseen: UnseenValue, as name: String) {
    let field = unseen.value.field.rawValue
    let what = name.contains("*") ? "\(field) like" : field
    let near = nearest(to: name.lowercased(), among: unseen.likenesses.map { $0.lowercased() })
      .flatMap { near in unseen.likenesses.first { $0.lowercased() == near } }
    let all = unseen.known.isEmpty ? nil : "It has \(unseen.known.joined(separator: ", "))."
    self.init(
      "the store has no \(what) “\(name)”",
      hint: near.map { "Did you mean “\($0)”?" } ?? all
        ?? "“errata rates --by \(field)” lists those of the store.")
  }
}
