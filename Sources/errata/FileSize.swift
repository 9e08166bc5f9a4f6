/// Bytes as people read them: 1.4 MiB.
func formatSize(_ bytes: Int64) -> String {
  let units = ["B", "KiB", "MiB", "GiB", "TiB"]
  var amount = Double(bytes)
  var unit = 0
  while amount >= 1024, unit < units.count - 1 {
    amount /= 1024
    unit += 1
  }
  return unit == 0 ? "\(bytes) B" : "\((amount * 10).rounded() / 10) \(units[unit])"
}
