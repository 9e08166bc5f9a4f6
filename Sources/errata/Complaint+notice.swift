internal import Arguments
internal import Batches
internal import Files
internal import Ingest

extension Complaint {
  /// What is worth a line about an input.
  init(_ notice: Notice) {
    switch notice {
    case .gap(let gap):
      let seen = gap.place.size.map { $0 > gap.offset ? " of \($0)" : "" } ?? ""
      self.init(
        "\(gap.place.path): the log that was here is gone; it was read up to byte \(gap.offset)\(seen)",
        hint: "if more was written to it, import the file that it was moved to")
    case .failure(let path, let error):
      let name = path == "-" ? "standard input" : path
      self.init("\(name): \(error.message)", hint: error.hint?.words)
    case .moved(let old, let new):
      self.init("\(old) is now \(new)")
      code = .ok
    case .replaced(let path):
      self.init("\(path): another log stands here now")
      code = .ok
    case .truncated(let path):
      self.init("\(path): was cut short or written anew; it is read from its start")
      code = .ok
    case .passedOver(let path, let error):
      self.init("\(path): \(error.message)")
      code = .ok
    case .otherHosts:
      self.init(
        "the store has \(Lexicon.vendor.room?.most ?? 0) hosts that no profile knows: further ones are "
          + "the vendor \(Lexicon.otherHosts)",
        hint: "where these are your own, import with --vendor, or write a profile")
      code = .ok
    case .polled(let folder, let why):
      self.init("\(folder): is looked at every second only: \(why)")
      code = .ok
    case .awaited(let path):
      self.init("\(path): is not there yet; waiting for it")
      code = .ok
    }
  }
}
