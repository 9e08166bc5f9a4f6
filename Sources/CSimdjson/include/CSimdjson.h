#ifndef ERRATA_CSIMDJSON_H
#define ERRATA_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A simdjson DOM parser, reused from line to line.
typedef struct errata_json_parser errata_json_parser;

/// The tape of a parsed document, valid until the parser is used again.
/// https://github.com/simdjson/simdjson/blob/master/doc/tape.md
typedef struct {
  const uint64_t *words;
  const uint8_t *strings;
  /// 0, or a simdjson error code.
  int32_t error;
} errata_json_tape;

/// How many readable bytes must follow the text.
extern const size_t errata_json_padding;

/// A parser that refuses documents nested deeper than `depth`; null when memory is short.
errata_json_parser *errata_json_create(size_t depth);
void errata_json_destroy(errata_json_parser *parser);

/// Parses `length` bytes; `errata_json_padding` more must be readable.
errata_json_tape errata_json_parse(errata_json_parser *parser, const uint8_t *text, size_t length);

/// What a code means, in words.
const char *errata_json_message(int32_t error);

#ifdef __cplusplus
}
#endif

#endif
