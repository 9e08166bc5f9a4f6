// What servers refuse to those who ask, in words.
extension ClusterReader {
  static let slow = ClusterError(
    .refused(code: 159), "the query took too long and was stopped",
    hint: .text("Narrow it by time or vendor."))

  static let readersProfile =
    "Who asks may not even limit a query: the profile of such a user has readonly = 2."

  static func told(_ error: ClusterError) -> ClusterError {
    guard case .refused(let code) = error.cause else { return error }
    var told = error
    switch code {
    case 159, 160: return slow
    case 241:
      told.message = "the query asks for more memory than it may have on the server"
      told.hint = .text("Narrow it by time or vendor.")
    case 164:
      told.hint = .text(readersProfile)
    default: break
    }
    return told
  }
}
