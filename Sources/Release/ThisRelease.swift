/// The release that this is: the one place that says its number, which CHANGELOG.md begins with.
package enum ThisRelease {
  package static let version = "0.1.0"
}
