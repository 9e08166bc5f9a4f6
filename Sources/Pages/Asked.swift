internal import Answers
internal import Batches
internal import Profiles
internal import Questions
internal import Rendering
internal import Reports
internal import Times

/// What an address asks, of the store as it is now.
final class Asked {
  let site: Site
  let place: Place
  private let request: PageRequest
  /// What was asked for, without what was left empty in a form.
  let parameters: [(name: String, value: String)]
  /// The zone of the address; the site's where it names none, or one that is not known.
  let zone: Zone
  private let zoneError: TimeError?
  private var shelf: Site.Shelf?
  /// Milliseconds since the epoch.
  let now: Int64

  init(of site: Site, _ request: PageRequest, _ place: Place) {
    self.site = site
    self.request = request
    self.place = place
    parameters = request.parameters.filter { !$0.value.isEmpty }
    now = site.surroundings.now()
    var (zone, zoneError) = (site.zone, nil as TimeError?)
    if let name = parameters.last(where: { $0.name == "tz" })?.value {
      do throws(TimeError) { zone = try Zone(named: name) } catch { zoneError = error }
    }
    (self.zone, self.zoneError) = (zone, zoneError)
  }

  subscript(name: String) -> String? { parameters.last { $0.name == name }?.value }

  /// All values of a parameter, which may stand between commas, too.
  func values(_ name: String) -> [String] {
    parameters.filter { $0.name == name }.flatMap { parameter in
      parameter.value.split(separator: ",").compactMap { part in
        let value = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        return value.isEmpty ? nil : String(value)
      }
    }
  }

  /// - Throws: where the address asks something that the page does not understand.
  func check(takes names: [String]) throws {
    if let zoneError { throw zoneError }
    for (name, _) in parameters where name != "tz" && !names.contains(name) {
      let near = site.surroundings.nearest(name, names)
      throw PageFault(
        400, "This page does not know what “\(name)” asks for.",
        near.map { "Did you mean “\($0)”?" }
          ?? (names.isEmpty ? nil : "It takes \(names.joined(separator: ", "))."),
        link: Link("The page without it", here.with(name, nil)))
    }
  }

  // The store.

  /// Opened once for all of the page.
  func opened() throws -> Site.Shelf {
    if let shelf { return shelf }
    let opened = try site.open()
    shelf = opened
    return opened
  }

  var archive: any Archive { get throws { try opened().archive } }

  /// What changes when the store does.
  var version: String {
    get throws { "\(try archive.newestBatch()) \(try archive.pruned)" }
  }

  /// What was found for pages before.
  var memory: FindMemory {
    FindMemory { [self] name, isExact, find in
      let kept = isExact ? site.exact : site.lasting
      return try kept.value(name, version: try version, now: now) { try find() }
    }
  }

  /// Whether so much time has gone by that the question was given up.
  var hasTakenLong: Bool { shelf?.isStopped() ?? false }

  /// What is wrong with a vendor's name, and where the one is that was likely meant.
  func fault(
    of unknown: KnownVendors.Unknown, status: Int = 400, at address: (_ near: String) -> Address
  ) -> PageFault {
    let near = site.surroundings.nearest(unknown.name.lowercased(), unknown.likenesses)
    return PageFault(
      status, "There is no vendor “\(unknown.name)”.", near == nil ? nil : "Did you mean",
      link: near.map { Link("\($0)?", address($0)) } ?? Link("All vendors", self.address("vendors"))
    )
  }

  /// The range of the address, as far as it names one.
  func range() throws -> (since: Int64?, until: Int64?) {
    let since = try self["since"].map { try parseMoment($0, now: now, zone: zone) }
    let until = try self["until"].map { try parseMoment($0, now: now, zone: zone) }
    if let since, let until, since >= until {
      throw PageFault(
        400, "The range ends before it begins.",
        "What is named as its end is the first moment after it.")
    }
    return (since, until)
  }

  /// The question of the address: over its range, of its vendors and its gateway.
  ///
  /// - Parameter vendor: the one of the page; by default those of the address.
  func question(
    for audience: Question.Audience, about vendor: KnownVendors? = nil
  ) throws -> Question {
    let (since, until) = try range()
    let selection = try selection(vendors: vendor == nil)
    var question = try Question(
      archive, since: since, until: until, zone: zone,
      vendors: vendor?.names ?? selection.vendors, gateway: selection.gateway,
      filter: selection.events, now: now)
    question.absent = (vendor?.absent ?? []) + selection.absent
    question.audience = audience
    question.top = try top()
    if let since, since >= question.range.until {
      throw PageFault(400, "The range begins later than now.", "Nothing can have happened since.")
    }
    return question
  }

  private func top() throws -> Top {
    guard let text = self["top"] else { return .usual }
    if text == "all" { return .all }
    guard let count = Int(text), count > 0 else {
      throw PageFault(400, "“\(text)” is no number of rows.", "It is a whole number, or all.")
    }
    return .largest(count)
  }

  // Addresses.

  /// A page of the site, in the reader's zone.
  func address(_ names: String...) -> Address {
    var address = Address(root: request.root)
    address.names = names
    return self["tz"].map { address.with("tz", $0) } ?? address
  }

  /// The page that was asked for, with all its parameters.
  var here: Address {
    var address = Address(root: request.root)
    address.names = place.names
    address.parameters = parameters
    return address
  }

  /// A file of the site.
  func file(_ name: String) -> Address { Address(name, root: request.root) }

  /// The same page in another form.
  func here(as ending: String) -> Address {
    var address = here
    let last = address.names.popLast() ?? "rates"
    if address.names.isEmpty, place.names.isEmpty { address = address.with("by", "vendor") }
    address.parameters.removeAll { ["live", ListPage.way].contains($0.name) }
    address.names.append(last + ending)
    return address
  }
}
