package import JSON

/// One thing that a file of settings says.
package struct Setting: Sendable {
  package enum Subject: Sendable, Equatable {
    /// The zone of times in answers.
    case zone
    /// What an option has where it is not given: of one command, or of every one that takes it.
    case option(String, command: String?)
    /// Another name of a vendor.
    case vendor(String)
    /// What is watched: thresholds and objectives.
    case rules
  }

  package enum Content: Sendable, Equatable {
    case texts([String])
    case isOn(Bool)
  }

  package let subject: Subject
  package let content: Content
  /// Where it stands in its file: `defaults.rates.every`.
  package let key: String
  package let file: String
  package let origin: SettingsFile.Origin
  package let place: TextPlace?

  /// `FILE:LINE:COLUMN`.
  package var spot: String { file + (place.map { ":\($0.line):\($0.column)" } ?? "") }

  /// What is wrong with it.
  package func error(_ message: String, hint: String? = nil) -> SettingsError {
    SettingsError(file: file, place: place, message: "\(key): \(message)", hint: hint)
  }
}

/// Settings that cannot be used: what is wrong, where, and what to do.
package struct SettingsError: Error, Sendable {
  package var file: String
  package var place: TextPlace?
  package var message: String
  package var hint: String?
  /// What may have been meant by `word`.
  package var word = ""
  package var known: [String] = []
  /// Whether the file could not be read, whatever it says.
  package let isUnreadable: Bool

  package init(
    file: String, place: TextPlace? = nil, message: String, hint: String? = nil,
    isUnreadable: Bool = false
  ) {
    self.isUnreadable = isUnreadable
    self.file = file
    self.place = place
    self.message = message
    self.hint = hint
  }

  package var sentence: String {
    file + (place.map { ":\($0.line):\($0.column)" } ?? "") + ": " + message
  }
}
