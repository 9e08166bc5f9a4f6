package import Batches

/// Something about an input that is worth a line as soon as it happens.
package enum Notice: Sendable {
  /// A log is gone from its place, and what was written to it later is not to be found.
  case gap(Gap)
  /// A log has another name now, and is read on there.
  case moved(from: String, to: String)
  /// Another log stands at a path, and the one before was read to its end.
  case replaced(path: String)
  /// A log was cut short or written anew.
  case truncated(path: String)
  /// There is nothing at a path yet.
  case awaited(path: String)
  /// Hosts came that the store has no room for: they are one vendor.
  case otherHosts
  /// Changes in a folder are not announced: it is only looked at every second.
  case polled(folder: String, why: String)
  /// Something in a folder is no file, and is left out.
  case passedOver(path: String, InputError)
  case failure(path: String, InputError)
}
