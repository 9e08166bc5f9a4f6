internal import CSQLite

extension Connection {
  /// Lets SQL on this connection call `name(table, id)`, which `write` answers; null for no id.
  ///
  /// Same arguments, same answer: <https://www.sqlite.org/c3ref/create_function.html>.
  package func register(
    function name: String,
    _ write: @escaping (_ table: Int, _ id: Int64, _ cell: TextCell) -> Void
  ) throws {
    let box = Unmanaged.passRetained(TextFunction(write))
    let code = sqlite3_create_function_v2(
      handle, name, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, box.toOpaque(),
      { context, _, arguments in
        let cell = TextCell(context: context)
        guard let arguments, let function = sqlite3_user_data(context),
          sqlite3_value_type(arguments[1]) == SQLITE_INTEGER
        else { return cell.null() }
        let table = Int(sqlite3_value_int64(arguments[0]))
        let id = sqlite3_value_int64(arguments[1])
        Unmanaged<TextFunction>.fromOpaque(function)._withUnsafeGuaranteedRef {
          $0.write(table, id, cell)
        }
      }, nil, nil,
      { pointer in
        if let pointer { Unmanaged<TextFunction>.fromOpaque(pointer).release() }
      })
    guard code == SQLITE_OK else { throw error() }
  }
}

/// A function as a C pointer can carry it.
private final class TextFunction {
  let write: (Int, Int64, TextCell) -> Void

  init(_ write: @escaping (Int, Int64, TextCell) -> Void) {
    self.write = write
  }
}
