/// Who wrote a query, and has to mend it.
package enum QueryAuthor: Sendable { case errata, user }

/// What a query is given, by name.
package enum QueryParameter {
  case integer(Int64)
  case text(String)
}

/// A row of a query's result.
package protocol QueryRow {
  /// A value of whatever type it has; a blob as its length.
  func value(_ column: Int) -> QueryValue
}

/// A value as a query returned it.
package enum QueryValue {
  case null
  case integer(Int64)
  case number(Double)
  case text(String)
}
