#ifndef ERRATA_CMICROHTTPD_H
#define ERRATA_CMICROHTTPD_H

/// libmicrohttpd, found when a server is first started.
/// https://www.gnu.org/software/libmicrohttpd/manual/libmicrohttpd.html

#ifndef ERRATA_CMICROHTTPD_C
// What is called by these names is that of CMicrohttpd.c, which calls the library.
#pragma redefine_extname MHD_add_connection errata_MHD_add_connection
#pragma redefine_extname MHD_add_response_header errata_MHD_add_response_header
#pragma redefine_extname MHD_create_response_from_buffer errata_MHD_create_response_from_buffer
#pragma redefine_extname MHD_destroy_response errata_MHD_destroy_response
#pragma redefine_extname MHD_get_connection_values_n errata_MHD_get_connection_values_n
#pragma redefine_extname MHD_get_timeout errata_MHD_get_timeout
#pragma redefine_extname MHD_queue_response errata_MHD_queue_response
#pragma redefine_extname MHD_resume_connection errata_MHD_resume_connection
#pragma redefine_extname MHD_run errata_MHD_run
#pragma redefine_extname MHD_stop_daemon errata_MHD_stop_daemon
#pragma redefine_extname MHD_suspend_connection errata_MHD_suspend_connection
#endif

// No feature macro is defined here: the structures of the C library must be those that Swift's own
// module of it has.
#include <fcntl.h>
#include <microhttpd.h>
#include <sys/socket.h>

/// Null if the library is there; without it nothing else may be called. Else why it is not, until this
/// thread calls again, which tries again.
const char *errata_http_load(void);

/// What is called on the way of a request; each is handed the same context.
/// https://www.gnu.org/software/libmicrohttpd/manual/html_node/microhttpd_002dcb.html
typedef struct {
  void *context;
  /// A connection began or ended.
  MHD_NotifyConnectionCallback connected;
  /// The line of a request is there; what is returned is the request's own from then on.
  void *(*begun)(void *context, const char *target, struct MHD_Connection *connection);
  /// The head of a request is there, or its answer.
  MHD_AccessHandlerCallback ready;
  /// A request is over, however it went.
  MHD_RequestCompletedCallback ended;
} errata_http_calls;

/// A daemon that has neither threads nor a socket to listen on: whoever made it hands it connections
/// and lets it run. Each has so much memory for the head of a request.
struct MHD_Daemon *errata_http_start(errata_http_calls calls, size_t memory, unsigned connections);

/// What becomes readable when the daemon should run; -1 where there is none.
int errata_http_descriptor(struct MHD_Daemon *daemon);

/// The socket of a connection; -1 where there is none.
int errata_http_socket(struct MHD_Connection *connection);

/// What `connected` left with a connection.
void *errata_http_peer(struct MHD_Connection *connection);

/// How many bytes the head of a request has, with its first line and the empty one at its end.
size_t errata_http_head_size(struct MHD_Connection *connection);

/// The next connection that waits at a socket, as one that makes nobody wait and that no child gets; -1
/// with `errno` where there is none.
static inline int errata_http_accept(int listener) {
  int connection = accept(listener, NULL, NULL);
  if (connection < 0) return -1;
  fcntl(connection, F_SETFD, FD_CLOEXEC);
  fcntl(connection, F_SETFL, O_NONBLOCK);
  return connection;
}

#endif
