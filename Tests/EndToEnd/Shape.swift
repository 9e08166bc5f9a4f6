import Foundation

/// What a JSON value is like. A key that ends in `?` may be null, and is never left out.
indirect enum Shape: Sendable {
  case number, text, flag, time
  case nothing, any
  case list(Shape)
  case object([String: Shape])

  /// What is wrong with a value, each with its path.
  func problems(of value: Any, at path: String) -> [String] {
    switch self {
    case .any: return []
    case .nothing: return value is NSNull ? [] : ["\(path) is not null"]
    case .number: return isNumber(value) ? [] : ["\(path) is no number: \(value)"]
    case .flag: return value is Bool && !isNumber(value) ? [] : ["\(path) is no flag: \(value)"]
    case .text: return value is String ? [] : ["\(path) is no text: \(value)"]
    case .time: return isTime(value) ? [] : ["\(path) is no time: \(value)"]
    case .list(let element):
      guard let list = value as? [Any] else { return ["\(path) is no list: \(value)"] }
      return list.enumerated().flatMap { element.problems(of: $1, at: "\(path)[\($0)]") }
    case .object(let keys):
      guard let object = value as? [String: Any] else { return ["\(path) is no object: \(value)"] }
      return problems(of: object, keys: keys, at: path)
    }
  }

  private func problems(of object: [String: Any], keys: [String: Shape], at path: String)
    -> [String]
  {
    var problems: [String] = []
    var known: Set<String> = []
    for (key, shape) in keys {
      let name = key.hasSuffix("?") ? String(key.dropLast()) : key
      known.insert(name)
      guard let member = object[name] else {
        problems.append("\(path).\(name) is missing")
        continue
      }
      if key.hasSuffix("?"), member is NSNull { continue }
      problems += shape.problems(of: member, at: "\(path).\(name)")
    }
    let strangers = Set(object.keys).subtracting(known).sorted()
    return problems + strangers.map { "\(path).\($0) is not in the contract" }
  }

  /// JSONSerialization makes a flag of C's `char`, `c`.
  private func isNumber(_ value: Any) -> Bool {
    guard let number = value as? NSNumber else { return false }
    return String(cString: number.objCType) != "c"
  }

  private func isTime(_ value: Any) -> Bool {
    let text = value as? String ?? ""
    return text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil
  }
}
