/* The bare insert: what SQLite alone needs for the rows that errata stored.
 *
 * usage: bare STORE COPY CACHE_KIB
 *
 * Reads the table `event` of STORE into memory, then times writing the same rows to a plain table
 * without any index in the fresh file COPY: by bind and step, WAL, synchronous FULL, transactions
 * of 50 000 rows, the store's page size and CACHE_KIB of cache, until the file is checkpointed and
 * closed. The columns are asked of the store, so a change of schema needs no change here.
 * Prints one JSON object.
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { rows_per_transaction = 50000 };

/* All rows as one run of bytes, value after value: a type byte; then eight bytes of number, or
 * four of length and the text or blob. */
static struct {
  unsigned char *bytes;
  size_t used, room;
} rows;

static void fail(const char *what, const char *why) {
  fprintf(stderr, "bare: %s: %s\n", what, why);
  exit(1);
}

static void check(int code, sqlite3 *db, const char *what) {
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
    fail(what, db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
}

static void run(sqlite3 *db, const char *sql) {
  check(sqlite3_exec(db, sql, NULL, NULL, NULL), db, sql);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  check(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), db, sql);
  return statement;
}

static int64_t integer(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = prepare(db, sql);
  check(sqlite3_step(statement), db, sql);
  int64_t value = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return value;
}

static void keep(const void *bytes, size_t count) {
  if (rows.used + count > rows.room) {
    rows.room = (rows.room + count) * 2 + (1 << 20);
    rows.bytes = realloc(rows.bytes, rows.room);
    if (!rows.bytes) fail("memory", "not enough for the rows");
  }
  if (count) memcpy(rows.bytes + rows.used, bytes, count);
  rows.used += count;
}

static void keep_value(sqlite3_stmt *select, int column) {
  unsigned char type = (unsigned char)sqlite3_column_type(select, column);
  keep(&type, 1);
  if (type == SQLITE_INTEGER) {
    int64_t value = sqlite3_column_int64(select, column);
    keep(&value, sizeof value);
  } else if (type == SQLITE_FLOAT) {
    double value = sqlite3_column_double(select, column);
    keep(&value, sizeof value);
  } else if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
    const void *bytes = type == SQLITE_TEXT ? (const void *)sqlite3_column_text(select, column)
                                            : sqlite3_column_blob(select, column);
    int32_t count = sqlite3_column_bytes(select, column);
    keep(&count, sizeof count);
    keep(bytes, (size_t)count);
  }
}

static const unsigned char *bind(sqlite3_stmt *insert, int place, const unsigned char *at) {
  int64_t whole;
  double real;
  int32_t count;
  switch (*at++) {
  case SQLITE_INTEGER:
    memcpy(&whole, at, sizeof whole);
    sqlite3_bind_int64(insert, place, whole);
    return at + sizeof whole;
  case SQLITE_FLOAT:
    memcpy(&real, at, sizeof real);
    sqlite3_bind_double(insert, place, real);
    return at + sizeof real;
  case SQLITE_TEXT:
    memcpy(&count, at, sizeof count);
    sqlite3_bind_text(insert, place, (const char *)at + sizeof count, count, SQLITE_STATIC);
    return at + sizeof count + count;
  case SQLITE_BLOB:
    memcpy(&count, at, sizeof count);
    sqlite3_bind_blob(insert, place, at + sizeof count, count, SQLITE_STATIC);
    return at + sizeof count + count;
  default:
    sqlite3_bind_null(insert, place);
    return at;
  }
}

/* The statements for the copy, from the store's own columns. A single INTEGER key of a table with
 * row ids is such a key here too: it costs no index, and leaving it out would slow the rival. */
static void describe(sqlite3 *db, sqlite3_str *create, sqlite3_str *insert, sqlite3_str *select) {
  int has_rowid = sqlite3_exec(db, "SELECT rowid FROM event LIMIT 0", NULL, NULL, NULL) == 0;
  int keys = (int)integer(db, "SELECT count(*) FROM pragma_table_info('event') WHERE pk > 0");
  sqlite3_stmt *info = prepare(db, "PRAGMA table_info(event)");
  const char *comma = "";
  sqlite3_str_appendall(create, "CREATE TABLE event (");
  sqlite3_str_appendall(insert, "INSERT INTO event VALUES (");
  sqlite3_str_appendall(select, "SELECT ");
  while (sqlite3_step(info) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(info, 1);
    const char *type = (const char *)sqlite3_column_text(info, 2);
    int is_rowid = has_rowid && keys == 1 && sqlite3_column_int(info, 5) == 1 &&
                   sqlite3_stricmp(type, "INTEGER") == 0;
    sqlite3_str_appendf(create, "%s\"%w\" %s%s", comma, name, type,
                        is_rowid ? " PRIMARY KEY" : "");
    sqlite3_str_appendf(insert, "%s?", comma);
    sqlite3_str_appendf(select, "%s\"%w\"", comma, name);
    comma = ", ";
  }
  sqlite3_finalize(info);
  if (!*comma) fail("STORE", "has no table named event");
  sqlite3_str_appendall(create, ")");
  sqlite3_str_appendall(insert, ")");
  sqlite3_str_appendall(select, " FROM event");
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  if (count != 4) fail("usage", "bare STORE COPY CACHE_KIB");
  sqlite3 *db = NULL;
  check(sqlite3_open_v2(arguments[1], &db, SQLITE_OPEN_READONLY, NULL), db, arguments[1]);
  sqlite3_str *create = sqlite3_str_new(db), *insert = sqlite3_str_new(db),
              *select = sqlite3_str_new(db);
  describe(db, create, insert, select);
  char *create_sql = sqlite3_str_finish(create), *insert_sql = sqlite3_str_finish(insert),
       *select_sql = sqlite3_str_finish(select);
  int64_t page_size = integer(db, "PRAGMA page_size");
  sqlite3_stmt *reading = prepare(db, select_sql);
  int columns = sqlite3_column_count(reading), code;
  int64_t total = 0;
  for (; (code = sqlite3_step(reading)) == SQLITE_ROW; total++)
    for (int i = 0; i < columns; i++) keep_value(reading, i);
  check(code, db, "reading the store");
  sqlite3_finalize(reading);
  sqlite3_close(db);

  double begun = now();
  check(sqlite3_open(arguments[2], &db), db, arguments[2]);
  char pragmas[160];
  snprintf(pragmas, sizeof pragmas,
           "PRAGMA page_size = %lld; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
           "PRAGMA cache_size = -%d", (long long)page_size, atoi(arguments[3]));
  run(db, pragmas);
  run(db, create_sql);
  sqlite3_stmt *writing = prepare(db, insert_sql);
  const unsigned char *at = rows.bytes;
  for (int64_t row = 0; row < total; row++) {
    if (row % rows_per_transaction == 0) run(db, row ? "COMMIT; BEGIN" : "BEGIN");
    for (int i = 1; i <= columns; i++) at = bind(writing, i, at);
    sqlite3_step(writing);
    check(sqlite3_reset(writing), db, insert_sql);
  }
  if (total) run(db, "COMMIT");
  sqlite3_finalize(writing);
  run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
  check(sqlite3_close(db), db, "closing the copy");
  printf("{\"rows\": %lld, \"columns\": %d, \"seconds\": %.4f, \"version\": \"%s\"}\n",
         (long long)total, columns, now() - begun, sqlite3_libversion());
  return 0;
}
