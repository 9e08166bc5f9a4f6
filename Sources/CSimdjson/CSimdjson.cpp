#include "CSimdjson.h"

#include <new>
#include <simdjson.h>

struct errata_json_parser {
  simdjson::dom::parser parser{};
};

const size_t errata_json_padding = simdjson::SIMDJSON_PADDING;

errata_json_parser *errata_json_create(size_t depth) {
  auto *made = new (std::nothrow) errata_json_parser();
  if (made && made->parser.allocate(1 << 16, depth) != simdjson::SUCCESS) {
    delete made;
    return nullptr;
  }
  return made;
}

void errata_json_destroy(errata_json_parser *parser) { delete parser; }

errata_json_tape errata_json_parse(errata_json_parser *parser, const uint8_t *text, size_t length) {
  auto error = parser->parser.parse(text, length, false).error();
  return {parser->parser.doc.tape.get(), parser->parser.doc.string_buf.get(),
          static_cast<int32_t>(error)};
}

const char *errata_json_message(int32_t error) {
  return simdjson::error_message(static_cast<simdjson::error_code>(error));
}
