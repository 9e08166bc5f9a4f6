#include "CCurl.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Called by pointers, which have none of the checks that these macros add.
#undef curl_easy_setopt
#undef curl_easy_getinfo

const int errata_curl_given_up = CURLE_ABORTED_BY_CALLBACK;
const int errata_curl_refused_bytes = CURLE_WRITE_ERROR;
const int errata_curl_timed_out = CURLE_OPERATION_TIMEDOUT;
const int errata_curl_no_host = CURLE_COULDNT_RESOLVE_HOST;
const int errata_curl_no_connection = CURLE_COULDNT_CONNECT;
const int errata_curl_bad_certificate = CURLE_PEER_FAILED_VERIFICATION;

/// What is used of the library.
static struct {
  CURLcode (*global_init)(long);
  CURL *(*init)(void);
  void (*cleanup)(CURL *);
  void (*reset)(CURL *);
  CURLcode (*setopt)(CURL *, CURLoption, ...);
  CURLcode (*getinfo)(CURL *, CURLINFO, ...);
  CURLcode (*perform)(CURL *);
  const char *(*strerror)(CURLcode);
  struct curl_slist *(*append)(struct curl_slist *, const char *);
  void (*free_all)(struct curl_slist *);
} library;

static int is_loaded = 0;
static pthread_once_t loading = PTHREAD_ONCE_INIT;

static void load(void) {
  void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!handle) return;
  const struct {
    void *place;
    const char *name;
  } functions[] = {
      {&library.global_init, "curl_global_init"}, {&library.init, "curl_easy_init"},
      {&library.cleanup, "curl_easy_cleanup"},    {&library.reset, "curl_easy_reset"},
      {&library.setopt, "curl_easy_setopt"},      {&library.getinfo, "curl_easy_getinfo"},
      {&library.perform, "curl_easy_perform"},    {&library.strerror, "curl_easy_strerror"},
      {&library.append, "curl_slist_append"},     {&library.free_all, "curl_slist_free_all"},
  };
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
    void *function = dlsym(handle, functions[i].name);
    if (!function) return;
    memcpy(functions[i].place, &function, sizeof function);
  }
  is_loaded = library.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

struct errata_curl {
  CURL *easy;
};

errata_curl *errata_curl_create(void) {
  pthread_once(&loading, load);
  if (!is_loaded) return NULL;
  errata_curl *curl = malloc(sizeof *curl);
  if (!curl) return NULL;
  curl->easy = library.init();
  if (curl->easy) return curl;
  free(curl);
  return NULL;
}

void errata_curl_destroy(errata_curl *curl) {
  if (!curl) return;
  library.cleanup(curl->easy);
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
  CURLcode (*set)(CURL *, CURLoption, ...) = library.setopt;
  errata_curl_outcome outcome = {0};
  char words[CURL_ERROR_SIZE] = "";
  // The connections that are open stay open.
  library.reset(easy);

  struct curl_slist *headers = NULL;
  for (const char *const *line = request->headers; *line; line++) {
    struct curl_slist *longer = library.append(headers, *line);
    if (!longer) {
      library.free_all(headers);
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

  CURLcode code = library.perform(easy);
  outcome.code = code;
  library.getinfo(easy, CURLINFO_RESPONSE_CODE, &outcome.status);
  curl_off_t sent = 0, received = 0;
  long asked = 0;
  library.getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &sent);
  library.getinfo(easy, CURLINFO_REQUEST_SIZE, &asked);
  library.getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &received);
  outcome.received = received;
  outcome.is_unsent = sent == 0 && asked == 0;
  const char *said = *words ? words : library.strerror(code);
  strncpy(outcome.words, said, sizeof outcome.words - 1);
  library.free_all(headers);
  return outcome;
}
