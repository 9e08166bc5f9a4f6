internal import Files
internal import JSON
internal import Profiles
internal import Redaction

/// Decides which vendor answered: by `--vendor`, a vendor field, a host, or the body where that
/// proves it; else names the vendor after the host or after the gateway's name for the service.
final class VendorDirectory {
  /// How the vendor was found out.
  enum Ground: String {
    case option, field, host, service, body
    case unknownHost = "host without a profile"
    case none
  }

  struct Choice {
    var slug: Bytes
    /// Nil for a vendor without a profile.
    var profile: Int?
    var ground: Ground
  }

  let profiles: [VendorProfile]
  /// Their names.
  private let slugs: UnsafeMutableBufferPointer<Bytes>
  private let forced: (slug: [UInt8], profile: Int?)?
  private var names = Memory()
  private var hosts = Memory()
  private var lowered: UnsafeMutableBufferPointer<UInt8> = .allocate(capacity: 256)
  /// Nil when secrets are kept as they are.
  private let redactor: Redactor?
  /// Names that hold no secret, as they were written.
  private var clean = WordTable()

  init(_ catalog: Catalog, forced: String?, redactor: Redactor?) {
    self.redactor = redactor
    profiles = catalog.vendors
    slugs = .allocate(capacity: profiles.count)
    for (place, profile) in profiles.enumerated() {
      let name = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: profile.name.utf8.count)
      _ = name.initialize(from: profile.name.utf8)
      slugs.initializeElement(at: place, to: Bytes(name))
    }
    self.forced = forced.map { name in
      let known = catalog.vendors.firstIndex {
        $0.name == name.lowercased() || $0.aliases.contains(name.lowercased())
      }
      return (
        known.map { Array(catalog.vendors[$0].name.utf8) } ?? Array(name.lowercased().utf8), known
      )
    }
  }

  deinit {
    for slug in slugs { slug.deallocate() }
    slugs.deallocate()
    lowered.deallocate()
  }

  /// What the line alone says; nil when nothing is known for sure.
  func known(from fields: FieldReader, target: Bytes?) -> Choice? {
    if let forced {
      return Choice(slug: lower(forced.slug), profile: forced.profile, ground: .option)
    }
    if let name = fields.text(.vendor)?.text {
      let profile = profile(named: name)
      return Choice(
        slug: profile.map(slug) ?? self.name(name), profile: profile, ground: .field)
    }
    if let target, let profile = profile(ofHost: target) {
      return Choice(slug: slug(profile), profile: profile, ground: .host)
    }
    for candidate in fields.candidates(.host) {
      if let host = host(in: candidate), let profile = profile(ofHost: host) {
        return Choice(slug: slug(profile), profile: profile, ground: .host)
      }
    }
    if let name = fields.text(.service)?.text, let profile = profile(named: name) {
      return Choice(slug: slug(profile), profile: profile, ground: .service)
    }
    return nil
  }

  func chosen(by evidence: Int) -> Choice {
    Choice(slug: slug(evidence), profile: evidence, ground: .body)
  }

  /// A vendor without a profile: the host it was asked at, rather a name than an address; else the
  /// gateway's name for it.
  func unknown(from fields: FieldReader, target: Bytes?) -> Choice? {
    var address: Bytes?
    if let target {
      if !isAddress(target) {
        return Choice(slug: name(target), profile: nil, ground: .unknownHost)
      }
      address = target
    }
    for candidate in fields.candidates(.host) {
      guard let host = host(in: candidate) else { continue }
      if !isAddress(host) { return Choice(slug: name(host), profile: nil, ground: .unknownHost) }
      address = address ?? host
    }
    if let name = fields.text(.service)?.text {
      return Choice(slug: self.name(name), profile: nil, ground: .service)
    }
    return address.map { Choice(slug: name($0), profile: nil, ground: .unknownHost) }
  }

  private func host(in candidate: FieldReader.Candidate) -> Bytes? {
    guard let text = scalar(candidate.value).string, !isNullMarker(text) else { return nil }
    return hostName(ofURL: text) ?? hostName(ofAddress: text)
  }

  private func slug(_ profile: Int) -> Bytes { slugs[profile] }

  private func profile(named name: Bytes) -> Int? {
    names.profile(of: name) { name in
      profiles.firstIndex { $0.name == name || $0.aliases.contains(name) }
    }
  }

  private func profile(ofHost host: Bytes) -> Int? {
    hosts.profile(of: host) { host in profiles.firstIndex { $0.owns(host: host) } }
  }

  /// Which profile a name stands for, worked out once.
  private struct Memory: ~Copyable {
    private var names = WordTable()
    private var profiles: [Int?] = []

    mutating func profile(of name: Bytes, _ find: (String) -> Int?) -> Int? {
      // Hosts can be as many as customers: what is remembered stays small.
      if profiles.count > 4096 { self = Memory() }
      let (number, isNew) = names.number(of: name)
      if isNew { profiles.append(find(String(repairing: name).lowercased())) }
      return profiles[Int(number) - 1]
    }
  }

  /// What a vendor without a profile is called: in lower case, when secrets have been looked for.
  /// Some keys are known by their capitals.
  private func name(_ text: Bytes) -> Bytes {
    guard let redactor, clean.find(text) == nil else { return lower(text) }
    if let redacted = redactor.redacted(text) { return lower(redacted) }
    // Strangers name hosts: what is remembered stays small.
    if clean.count > 4096 { clean.clear() }
    _ = clean.number(of: text)
    return lower(text)
  }

  /// In lower case, in room that is used again with the next call.
  private func lower(_ text: some Collection<UInt8>) -> Bytes {
    var count = 0
    for byte in text.prefix(lowered.count) {
      lowered[count] = lowercased(byte)
      count += 1
    }
    return Bytes(rebasing: UnsafeBufferPointer(lowered)[..<count])
  }

  /// Whether a host is an IP address or this machine, and says nothing of a vendor.
  private func isAddress(_ host: Bytes) -> Bool {
    host.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
      || host.contains(UInt8(ascii: ":")) || host.isEqual(ignoringCase: "localhost")
  }
}
