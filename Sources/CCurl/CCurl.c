#include "CCurl.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "CLoader.h"

// Called by pointers, which have none of the checks that these macros add.
#undef curl_easy_setopt
#undef curl_easy_getinfo

const int errata_curl_given_up = CURLE_ABORTED_BY_CALLBACK;
const int errata_curl_refused_bytes = CURLE_WRITE_ERROR;
const int errata_curl_timed_out = CURLE_OPERATION_TIMEDOUT;
const int errata_curl_no_host = CURLE_COULDNT_RESOLVE_HOST;
const int errata_curl_no_connection = CURLE_COULDNT_CONNECT;
const int errata_curl_bad_certificate = CURLE_PEER_FAILED_VERIFICATION;

#define EACH(use)         \
  use(curl_easy_cleanup)  \
  use(curl_easy_getinfo)  \
  use(curl_easy_init)     \
  use(curl_easy_perform)  \
  use(curl_easy_reset)    \
  use(curl_easy_setopt)   \
  use(curl_easy_strerror) \
  use(curl_global_init)   \
  use(curl_slist_append)  \
  use(curl_slist_free_all)
EACH(ERRATA_LINKED)

/// What is used of the library.
static struct {
  EACH(ERRATA_PLACE)
} library;

static const char *begin(void) {
  CURLcode code = library.curl_global_init(CURL_GLOBAL_DEFAULT);
  return code == CURLE_OK ? NULL : library.curl_easy_strerror(code);
}

static const errata_function functions[] = {EACH(ERRATA_FUNCTION){0}};
static errata_library loaded = {.file = "libcurl.so.4",
                                .functions = functions,
                                .begin = begin,
                                .lock = PTHREAD_MUTEX_INITIALIZER};

const char *errata_curl_load(void) { return errata_load(&loaded); }

struct errata_curl {
  CURL *easy;
};

errata_curl *errata_curl_create(void) {
  errata_curl *curl = malloc(sizeof *curl);
  if (!curl) return NULL;
  curl->easy = library.curl_easy_init();
  if (curl->easy) return curl;
  free(curl);
  return NULL;
}

void errata_curl_destroy(errata_curl *curl) {
  if (!curl) return;
  library.curl_easy_cleanup(curl->easy);
  free(curl);
}

static size_t take_body(char *bytes, size_t one, size_t size, void *context) {
  const errata_curl_request *request = context;
  return request->body_part(request->context, bytes, one * size);
}

static size_t take_head(char *bytes, size_t one, size_t size, void *context) {
  const errata_curl_request *request = context;
  return request->head_line(request->context, bytes, one * size);
}

static int ask(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
  const errata_curl_request *request = context;
  (void)a, (void)b, (void)c, (void)d;
  return request->is_over(request->context);
}

errata_curl_outcome errata_curl_post(errata_curl *curl, const errata_curl_request *request) {
  CURL *easy = curl->easy;
  CURLcode (*set)(CURL *, CURLoption, ...) = library.curl_easy_setopt;
  errata_curl_outcome outcome = {0};
  char words[CURL_ERROR_SIZE] = "";
  // The connections that are open stay open.
  library.curl_easy_reset(easy);

  struct curl_slist *headers = NULL;
  for (const char *const *line = request->headers; *line; line++) {
    struct curl_slist *longer = library.curl_slist_append(headers, *line);
    if (!longer) {
      library.curl_slist_free_all(headers);
      outcome.code = CURLE_OUT_OF_MEMORY;
      return outcome;
    }
    headers = longer;
  }
  set(easy, CURLOPT_ERRORBUFFER, words);
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_URL, request->url);
  set(easy, CURLOPT_POST, 1L);
  set(easy, CURLOPT_POSTFIELDS, request->body_size ? request->body : "");
  set(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_size);
  set(easy, CURLOPT_HTTPHEADER, headers);
  set(easy, CURLOPT_FRESH_CONNECT, request->is_once ? 1L : 0L);
  if (request->is_direct) set(easy, CURLOPT_PROXY, "");
  set(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
  if (request->user) {
    set(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
    set(easy, CURLOPT_USERNAME, request->user);
    set(easy, CURLOPT_PASSWORD, request->password ? request->password : "");
  }
  if (request->authorities) set(easy, CURLOPT_CAINFO, request->authorities);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, request->connect_ms);
  set(easy, CURLOPT_TIMEOUT_MS, request->total_ms);
  set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  set(easy, CURLOPT_TCP_KEEPIDLE, 20L);
  set(easy, CURLOPT_TCP_KEEPINTVL, 10L);
  set(easy, CURLOPT_WRITEFUNCTION, take_body);
  set(easy, CURLOPT_WRITEDATA, request);
  set(easy, CURLOPT_HEADERFUNCTION, take_head);
  set(easy, CURLOPT_HEADERDATA, request);
  set(easy, CURLOPT_NOPROGRESS, 0L);
  set(easy, CURLOPT_XFERINFOFUNCTION, ask);
  set(easy, CURLOPT_XFERINFODATA, request);

  CURLcode code = library.curl_easy_perform(easy);
  outcome.code = code;
  library.curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &outcome.status);
  curl_off_t sent = 0, received = 0;
  long asked = 0;
  library.curl_easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &sent);
  library.curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &asked);
  library.curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &received);
  outcome.received = received;
  outcome.is_unsent = sent == 0 && asked == 0;
  const char *said = *words ? words : library.curl_easy_strerror(code);
  strncpy(outcome.words, said, sizeof outcome.words - 1);
  library.curl_slist_free_all(headers);
  return outcome;
}
