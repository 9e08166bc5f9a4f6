internal import Arguments
internal import Profiles

extension Complaint {
  /// A profile that cannot be used: where in it, what is wrong, what would be right.
  init(_ error: ProfileError) {
    self.init(error.sentence)
    if let near = nearest(to: error.word, among: error.known) { hint = "Did you mean “\(near)”?" }
  }
}
