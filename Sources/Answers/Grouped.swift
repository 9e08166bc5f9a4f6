/// An integer with its thousands set apart: 1,204,331.
package func grouped(_ integer: Int64) -> String {
  let digits = String(integer.magnitude)
  var text = integer < 0 ? "-" : ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return text
}
