extension Int64 {
  /// The multiple of `step` at or before it.
  package func rounded(downTo step: Int64) -> Int64 {
    let rest = self % step
    return self - (rest < 0 ? rest + step : rest)
  }
}
