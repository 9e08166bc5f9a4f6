// Here the library's functions go by their own names.
#define ERRATA_CMICROHTTPD_C
#include "CMicrohttpd.h"

#include "CLoader.h"

#define EACH(use) \
  use(MHD_add_connection) \
  use(MHD_add_response_header) \
  use(MHD_create_response_from_buffer) \
  use(MHD_destroy_response) \
  use(MHD_get_connection_info) \
  use(MHD_get_connection_values_n) \
  use(MHD_get_daemon_info) \
  use(MHD_get_timeout) \
  use(MHD_queue_response) \
  use(MHD_resume_connection) \
  use(MHD_run) \
  use(MHD_start_daemon) \
  use(MHD_stop_daemon) \
  use(MHD_suspend_connection)
EACH(ERRATA_LINKED)

/// What is used of the library.
static struct {
  EACH(ERRATA_PLACE)
} library;

static const errata_function functions[] = {EACH(ERRATA_FUNCTION){0}};
static errata_library loaded = {
    .file = "libmicrohttpd.so.12", .functions = functions, .lock = PTHREAD_MUTEX_INITIALIZER};

const char *errata_http_load(void) { return errata_load(&loaded); }

struct MHD_Daemon *errata_http_start(errata_http_calls calls, size_t memory, unsigned connections) {
  return library.MHD_start_daemon(
      MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
      calls.ready, calls.context, MHD_OPTION_NOTIFY_CONNECTION, calls.connected, calls.context,
      MHD_OPTION_URI_LOG_CALLBACK, calls.begun, calls.context, MHD_OPTION_NOTIFY_COMPLETED,
      calls.ended, calls.context, MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory,
      MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_END);
}

int errata_http_descriptor(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = library.MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
  return info ? info->epoll_fd : -1;
}

int errata_http_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      library.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

void *errata_http_peer(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      library.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

size_t errata_http_head_size(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      library.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info ? info->header_size : 0;
}

typedef enum MHD_Result answer;
typedef struct MHD_Connection *connection;
typedef struct MHD_Daemon *server;
typedef struct MHD_Response *response;
ERRATA_FORWARD(answer, MHD_add_connection,
               (server it, MHD_socket socket, const struct sockaddr *address, socklen_t size),
               (it, socket, address, size))
ERRATA_FORWARD(answer, MHD_add_response_header, (response it, const char *name, const char *value),
               (it, name, value))
ERRATA_FORWARD(response, MHD_create_response_from_buffer,
               (size_t size, void *bytes, enum MHD_ResponseMemoryMode mode), (size, bytes, mode))
ERRATA_FORWARD(void, MHD_destroy_response, (response it), (it))
ERRATA_FORWARD(int, MHD_get_connection_values_n,
               (connection it, enum MHD_ValueKind kind, MHD_KeyValueIteratorN each, void *context),
               (it, kind, each, context))
ERRATA_FORWARD(answer, MHD_get_timeout, (server it, MHD_UNSIGNED_LONG_LONG *timeout), (it, timeout))
ERRATA_FORWARD(answer, MHD_queue_response, (connection it, unsigned status, response what),
               (it, status, what))
ERRATA_FORWARD(void, MHD_resume_connection, (connection it), (it))
ERRATA_FORWARD(answer, MHD_run, (server it), (it))
ERRATA_FORWARD(void, MHD_stop_daemon, (server it), (it))
ERRATA_FORWARD(void, MHD_suspend_connection, (connection it), (it))
