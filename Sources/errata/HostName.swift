internal import Files
internal import Glibc

/// What this machine is called.
let hostName: String = {
  var bytes = [CChar](repeating: 0, count: 256)
  guard gethostname(&bytes, bytes.count - 1) == 0 else { return "localhost" }
  return bytes.withUnsafeBufferPointer { name in
    name.baseAddress.map { PathText.text(of: $0) } ?? "localhost"
  }
}()
