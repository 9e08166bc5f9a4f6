internal import Arguments
internal import Checks
internal import Events
internal import Profiles
internal import Questions
internal import Reports

extension Invocation {
  /// What the filters of the command line mean in a store.
  func selection(in store: any Archive) throws -> Selection {
    // Other commands have these two alone, without patterns.
    let hasPatterns = command.options.contains(.grep)
    var values: [ResponseField: [String]] = [:]
    values[.vendor] = self.values(of: hasPatterns ? .vendors : .vendor).map(vendorName)
    values[.gateway] = hasPatterns ? self.values(of: .gateways) : self[.gateway].map { [$0] } ?? []
    for (option, field) in Option.fieldFilters where hasPatterns {
      values[field] = self.values(of: option)
    }
    do {
      return try Selection(
        values, containing: hasPatterns ? self[.grep] : nil, takesPatterns: hasPatterns,
        in: store, catalog: { try catalog })
    } catch let unknown as Selection.Unknown {
      throw UsageError(unknown)
    } catch let unknown as KnownVendors.Unknown {
      throw UsageError(unknown)
    } catch let error as RuleError {
      let near = nearest(to: error.word, among: error.known).map { "Did you mean “\($0)”? " } ?? ""
      throw UsageError(error.message, hint: near + (error.hint ?? ""))
    } catch let unseen as UnseenValue {
      let name = unseen.value.name
      let given = values.values.flatMap { $0 }
        .map { $0.first == "!" ? String($0.dropFirst()) : $0 }
      throw UsageError(unseen, as: given.first { $0.lowercased() == name } ?? name)
    }
  }
}

extension UsageError {
  init(_ unknown: Selection.Unknown) {
    switch unknown {
    case .gateway(let name, let known):
      self.init(
        "there is no gateway “\(name)”",
        hint: nearest(to: name.lowercased(), among: known).map { "Did you mean “\($0)”?" }
          ?? "Known are \(known.joined(separator: ", ")).")
    case .vendorsLike(let pattern):
      self.init(
        "there is no vendor like “\(pattern)”",
        hint: "“errata rates --by vendor” lists those of the store.")
    }
  }

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
