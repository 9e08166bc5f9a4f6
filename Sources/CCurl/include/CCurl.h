#ifndef ERRATA_CCURL_H
#define ERRATA_CCURL_H

#include <stddef.h>

/// libcurl, found when it is first needed. https://curl.se/libcurl/c/libcurl-easy.html

/// Null if the library is there; without it nothing else may be called. Else why it is not, until this
/// thread calls again, which tries again.
const char *errata_curl_load(void);

/// A connection that is kept from request to request, for one thread at a time.
typedef struct errata_curl errata_curl;

/// Null where memory is short. Any thread may ask.
errata_curl *errata_curl_create(void);
void errata_curl_destroy(errata_curl *curl);

/// What is sent, and how long it may take.
typedef struct {
  const char *url;
  /// Null for none. A password is sent with a user only.
  const char *user;
  const char *password;
  /// A file of certificates to trust in place of the system's; null for those.
  const char *authorities;
  /// Lines of the head, the last one null.
  const char *const *headers;
  const void *body;
  size_t body_size;
  /// Whether it must not be done twice: on a connection that was used before libcurl itself sends a
  /// request again when it ends without a word.
  int is_once;
  /// Whether it goes to the host itself, whatever proxy the environment names.
  int is_direct;
  /// Milliseconds to be connected in, and for everything.
  long connect_ms;
  long total_ms;
  /// Handed to the three that follow.
  void *context;
  /// Takes bytes of the answer; what takes fewer than it was given ends the request.
  size_t (*body_part)(void *context, const char *bytes, size_t size);
  /// Takes a line of the answer's head.
  size_t (*head_line)(void *context, const char *bytes, size_t size);
  /// Asked again and again while the request lasts: whether it is to be given up.
  int (*is_over)(void *context);
} errata_curl_request;

/// How a request went.
typedef struct {
  /// 0, or why there is no whole answer: https://curl.se/libcurl/c/libcurl-errors.html
  int code;
  /// The status of the answer; 0 where there was none.
  long status;
  /// Whether nothing can have reached the server.
  int is_unsent;
  /// How many bytes of the answer came, as they were sent.
  long long received;
  /// What libcurl says of it.
  char words[256];
} errata_curl_outcome;

/// Sends a body and waits for the answer.
errata_curl_outcome errata_curl_post(errata_curl *curl, const errata_curl_request *request);

/// Codes that callers tell apart.
extern const int errata_curl_given_up;
extern const int errata_curl_refused_bytes;
extern const int errata_curl_timed_out;
extern const int errata_curl_no_host;
extern const int errata_curl_no_connection;
extern const int errata_curl_bad_certificate;

#endif
