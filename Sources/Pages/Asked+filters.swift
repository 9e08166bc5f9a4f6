internal import Checks
internal import Events
internal import Profiles
internal import Rendering
internal import Reports

// What an address picks of a store.
extension Asked {
  /// The parameters that pick fields of events.
  private static let fields: [(name: String, field: ResponseField)] = [
    ("vendor", .vendor), ("status", .status), ("code", .code), ("kind", .kind),
    ("route", .route), ("consumer", .consumer), ("answered-by", .answeredBy),
    ("gateway", .gateway),
  ]

  /// All parameters that pick events.
  static let filterNames = fields.map(\.name) + ["grep"]

  /// What is asked for.
  ///
  /// - Parameters:
  ///   - takesPatterns: whether vendors and gateways may be picked by more than their names.
  ///   - vendors: whether those of the address are meant, too.
  func selection(takesPatterns: Bool = true, vendors: Bool = true) throws -> Selection {
    var values: [ResponseField: [String]] = [:]
    for (name, field) in Self.fields where field != .vendor || vendors {
      values[field] = self.values(name)
    }
    let catalog = site.catalog
    do {
      return try Selection(
        values, containing: self["grep"], takesPatterns: takesPatterns, in: archive,
        catalog: { catalog })
    } catch let unknown as KnownVendors.Unknown {
      throw fault(of: unknown) { [self] near in
        here.with(
          "vendor",
          self.values("vendor").map { $0 == unknown.name ? near : $0 }.joined(separator: ","))
      }
    } catch let unknown as Selection.Unknown {
      throw fault(of: unknown)
    } catch let error as RuleError {
      let near = site.surroundings.nearest(error.word, error.known)
      throw PageFault(
        400, error.message.asSentence,
        near.map { "Did you mean “\($0)”?" } ?? error.hint?.asSentence)
    } catch let unseen as UnseenValue {
      throw fault(of: unseen)
    }
  }

  private func fault(of unknown: Selection.Unknown) -> PageFault {
    switch unknown {
    case .gateway(let name, let known):
      let near = site.surroundings.nearest(name.lowercased(), known)
      return PageFault(
        400, "There is no gateway “\(name)”.", near == nil ? nil : "Did you mean",
        link: near.map { Link("\($0)?", here.with("gateway", $0)) })
    case .vendorsLike(let pattern):
      return PageFault(
        400, "There is no vendor like “\(pattern)”.", link: Link("All vendors", address("vendors")))
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
