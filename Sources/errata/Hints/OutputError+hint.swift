internal import Glibc
internal import Rendering

extension OutputError {
  /// What to do about it.
  var words: String {
    switch code {
    case _ where folder != nil:
      "name a file in another folder, or let the shell write it: errata … > FILE"
    case ENOSPC, EDQUOT: "free some room and run the command again"
    case EFBIG: "raise the limit on the size of files (ulimit -f) and run the command again"
    case EISDIR: "name a file in it"
    case EBUSY: "it is mounted there: let the shell write it: errata … > FILE"
    case ENXIO: "a socket, or a pipe that nobody reads, has no way in: pipe the output instead"
    default: "check that the folder exists and may be written"
    }
  }
}
