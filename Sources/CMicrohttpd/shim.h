#ifndef ERRATA_CMICROHTTPD_H
#define ERRATA_CMICROHTTPD_H

// No feature macro is defined here: the structures of the C library must be those that Swift's own
// module of it has.
#include <fcntl.h>
#include <microhttpd.h>
#include <sys/socket.h>

// Swift sees no variadic functions.

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
static inline struct MHD_Daemon *errata_http_start(errata_http_calls calls, size_t memory,
                                                   unsigned connections) {
  return MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME, 0,
                          NULL, NULL, calls.ready, calls.context,
                          MHD_OPTION_NOTIFY_CONNECTION, calls.connected, calls.context,
                          MHD_OPTION_URI_LOG_CALLBACK, calls.begun, calls.context,
                          MHD_OPTION_NOTIFY_COMPLETED, calls.ended, calls.context,
                          MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory,
                          MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_END);
}

/// What becomes readable when the daemon should run; -1 where there is none.
static inline int errata_http_descriptor(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
  return info ? info->epoll_fd : -1;
}

/// The socket of a connection; -1 where there is none.
static inline int errata_http_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

/// What `connected` left with a connection.
static inline void *errata_http_peer(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

/// How many bytes the head of a request has, with its first line and the empty one at its end.
static inline size_t errata_http_head_size(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info ? info->header_size : 0;
}

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
