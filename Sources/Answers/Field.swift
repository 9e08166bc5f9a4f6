/// What an object has under a name: the name, what it means, and how it is taken from what the object
/// is about. All that is said of the object, in JSON, CSV, tables, schemas and the manual, is from here.
package struct Field<Row>: Sendable {
  package let name: String
  fileprivate let unit: String?
  fileprivate let meaning: String
  fileprivate let isAlwaysThere: Bool
  /// Made when it is asked for: most answers are printed, not described.
  fileprivate let shape: @Sendable () -> Shape
  /// Nil where the object has no such member.
  fileprivate let value: @Sendable (Row) -> Value?

  package init<Part: Datum>(
    _ name: String, unit: String? = nil, _ meaning: String,
    _ part: @escaping @Sendable (Row) -> Part
  ) {
    self.init(name, unit, meaning, { Part.shape }) { part($0).value }
  }

  /// One whose value says nothing of its shape.
  package init(
    _ name: String, as shape: @autoclosure @escaping @Sendable () -> Shape, unit: String? = nil,
    _ meaning: String, _ value: @escaping @Sendable (Row) -> Value
  ) {
    self.init(name, unit, meaning, shape) { value($0) }
  }

  /// A time, in milliseconds since the epoch.
  package init(
    time name: String, _ meaning: String, _ time: @escaping @Sendable (Row) -> Int64
  ) {
    self.init(name, nil, meaning, { .time }) { .time(time($0)) }
  }

  /// A time that may not be known.
  package init(
    optionalTime name: String, _ meaning: String, _ time: @escaping @Sendable (Row) -> Int64?
  ) {
    self.init(name, nil, meaning, { .nullable(.time) }) { Value(time: time($0)) }
  }

  /// A time, as a member that the object has only where it is known.
  package init(
    time name: String, onlyWhere meaning: String, _ time: @escaping @Sendable (Row) -> Int64?
  ) {
    self.init(name, nil, meaning, { .time }, isAlwaysThere: false) { row in
      time(row).map { .time($0) }
    }
  }

  /// A member that the object has only where there is something to say.
  package init<Part: Datum>(
    _ name: String, onlyWhere meaning: String, _ part: @escaping @Sendable (Row) -> Part?
  ) {
    self.init(name, nil, meaning, { Part.shape }, isAlwaysThere: false) { part($0)?.value }
  }

  private init(
    _ name: String, _ unit: String?, _ meaning: String, _ shape: @escaping @Sendable () -> Shape,
    isAlwaysThere: Bool = true, _ value: @escaping @Sendable (Row) -> Value?
  ) {
    self.name = name
    self.unit = unit
    self.meaning = meaning
    self.shape = shape
    self.isAlwaysThere = isAlwaysThere
    self.value = value
  }

  /// The same field of something that has such a row as a part.
  fileprivate func of<Whole>(_ part: @escaping @Sendable (Whole) -> Row) -> Field<Whole> {
    let value = value
    return Field<Whole>(name, unit, meaning, shape, isAlwaysThere: isAlwaysThere) {
      value(part($0))
    }
  }

  fileprivate var member: Shape.Member {
    Shape.Member(
      name: name, shape: shape(), unit: unit, meaning: meaning, isAlwaysThere: isAlwaysThere)
  }
}

/// The fields of an object, in their order.
package struct Fields<Row>: Sendable, ExpressibleByArrayLiteral {
  private let all: [Field<Row>]

  package init(_ fields: [Field<Row>]) {
    all = fields
  }

  package init(arrayLiteral fields: Field<Row>...) { self.init(fields) }

  package var names: [String] { all.map { $0.name } }
  package var members: [Shape.Member] { all.map { $0.member } }

  /// The object of a row.
  package func object(of row: Row) -> Object {
    var members: [Object.Member] = []
    members.reserveCapacity(all.count)
    for field in all {
      guard let value = field.value(row) else { continue }
      members.append(Object.Member(name: field.name, value: value))
    }
    return Object(distinct: members)
  }

  /// The same fields of something that has such a row as a part.
  package func of<Whole>(_ part: @escaping @Sendable (Whole) -> Row) -> Fields<Whole> {
    Fields<Whole>(all.map { $0.of(part) })
  }

  /// The same fields, one of them told otherwise.
  package func replacing(_ name: String, by other: Field<Row>) -> Fields {
    Fields(all.map { $0.name == name ? other : $0 })
  }

  /// The same fields with others behind them.
  package func and(_ others: Fields) -> Fields { Fields(all + others.all) }

  /// The column that shows a field, under its name or another heading. Numbers lean to the right.
  ///
  /// - Parameters:
  ///   - number: the words for a number, where it is not shown as it is.
  ///   - time: the same for a time.
  ///   - reference: what a text names.
  package func column(
    _ name: String, as heading: String? = nil, _ alignment: Column.Alignment? = nil,
    unit: String? = nil, number: ((Double) -> String)? = nil, time: ((Int64) -> String)? = nil,
    to reference: ((String) -> Reference)? = nil
  ) -> TableColumn<Row> {
    let field = all.first { $0.name == name }
    assert(field != nil, "there is no field \(name)")
    let isNumber = field?.shape().isNumber ?? false
    let column = Column(
      heading ?? name, alignment ?? (isNumber ? .trailing : .leading), unit: unit)
    return TableColumn(column) { row in
      let value = field?.value(row) ?? .null
      return switch value {
      case .number(let told): Cell(value, shown: number?(told))
      case .time(let told): Cell(value, shown: time?(told))
      case .text(let name): Cell(value).naming(reference?(name))
      default: Cell(value)
      }
    }
  }
}

extension Shape {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .number: true
    case .nullable(let shape): shape.isNumber
    default: false
    }
  }
}
