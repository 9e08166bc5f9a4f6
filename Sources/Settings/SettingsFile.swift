internal import Files
internal import Glibc
internal import JSON

/// A file of settings: JSON that a person wrote.
package struct SettingsFile: Sendable {
  package enum Origin: String, Sendable {
    /// `.errata.json`, of the folder one works in: whoever made that wrote it.
    case project
    /// `config.json`, of one's own.
    case user
  }

  package let path: String
  package let origin: Origin
  package let settings: [Setting]

  /// Reads a file; nil where there is none. Throws a `SettingsError`.
  package init?(path: String, origin: Origin) throws {
    let bytes: [UInt8]
    do throws(ShortFile.Failure) {
      // What lies in a folder is nothing to wait for.
      bytes = try ShortFile.bytes(of: path, most: 1 << 20, pipes: false)
    } catch .system(let error) where error.code == ENOENT || error.code == ENOTDIR {
      return nil
    } catch {
      throw SettingsError(
        file: path, message: "the settings cannot be read: \(error)", isUnreadable: true)
    }
    self.path = path
    self.origin = origin
    settings = try bytes.withUnsafeBufferPointer { text in
      if let (place, message) = JSONText(text).mistake() {
        throw SettingsError(file: path, place: place, message: message)
      }
      return try JSONParser.read(text) { root in
        try SettingsReader(file: path, origin: origin, text: text).settings(of: root)
      }
    }
  }
}
