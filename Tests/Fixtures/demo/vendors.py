"""The five vendors as the demo's log meets them: endpoints, consumers, and what goes wrong in an
ordinary week. Bodies are those of the vendors' own error pages.

An endpoint is (method, path, route name); `{id}` stands for an id, `{page}` for a number. An error
is (status, events in the first week, in the second, endpoints by index, body). A body is a function
of a random.Random that gives what json.dumps takes, or a gateway's own text; the word "kong" where
Kong refused by itself; or None where the connection broke.
"""


def hexes(rnd, digits):
    return f"{rnd.getrandbits(4 * digits):0{digits}x}"


def zenstep(text, **more):
    return lambda rnd: {"error": text, **more}


def zenstep_limited(rnd):
    return {"error": "Rate limit exceeded", "retryAfter": 5 + rnd.getrandbits(5)}


def zenstep_invalid(rnd):
    """Paths are text: sometimes one field of one event of the batch, sometimes the batch."""
    if rnd.random() < 0.3:
        issue = {"path": "events", "message": "Array must contain at least 1 element(s)"}
    else:
        issue = {"path": f"events[{rnd.getrandbits(4)}].eventType",
                 "message": "Invalid enum value"}
    return {"error": "Validation failed", "details": [issue]}


def mimicbot(code, message, details=None):
    def body(rnd):
        error = {"code": code, "message": message, "requestId": "req_" + hexes(rnd, 20)}
        return {"error": {**error, "details": details} if details else error}
    return body


def mimicbot_public(code):
    """The reduced shape of /v1/public/*: a code and nothing else."""
    return lambda rnd: {"error": {"code": code}}


def mimicbot_invalid(*path, message):
    return mimicbot("VALIDATION_ERROR", "Invalid request body",
                    {"issues": [{"path": list(path), "message": message}]})


def zihin(code, message, **details):
    body = {"error": code, "message": message, "status": "error"}
    return lambda rnd: {**body, "details": details} if details else body


def flowestate(code, message):
    return lambda rnd: {"error": {"message": message, "code": code}}


def flowestate_limited(rnd):
    """A rate limit says BAD_REQUEST here, and how long to wait only in prose and header."""
    seconds = 5 + rnd.getrandbits(5)
    return flowestate("BAD_REQUEST", f"Rate limit exceeded. Retry after {seconds} seconds.")(rnd)


def flowestate_plan(things):
    return flowestate("FORBIDDEN",
                      f"You have reached the maximum number of {things} for your plan.")


def zof(code, message, **more):
    return lambda rnd: {"error": {"code": code, "message": message, **more}}


def text(words):
    """A gateway's own words, where the vendor never answered."""
    return lambda rnd: words


VENDORS = {
    "zenstep": {
        "host": "api.getzenstep.com", "weekly": 1250, "latency": 70,
        "consumers": ["onboarding-app", "storefront", "analytics-export"],
        "endpoints": [("POST", "/v1/events", "zenstep-events"),
                      ("GET", "/v1/flows?page={page}", "zenstep-flows"),
                      ("GET", "/v1/flows/{id}", "zenstep-flow"),
                      ("POST", "/v1/flows", "zenstep-flows")],
        "errors": [(400, 61, 24, (0,), zenstep_invalid),
                   (401, 9, 8, (1, 2), zenstep("Unauthorized")),
                   (403, 4, 5, (2, 3), zenstep("Forbidden")),
                   (404, 21, 19, (2,), zenstep("Not found")),
                   (409, 5, 6, (3,), zenstep("A flow with this name already exists")),
                   (429, 11, 12, (0,), zenstep_limited),
                   (500, 6, 5, (0, 1, 2), zenstep("Internal server error")),
                   (429, 3, 3, (0,), "kong")]},
    "mimicbot": {
        "host": "api.mimicbot.app", "weekly": 1150, "latency": 140,
        "consumers": ["support-widget", "ticket-desk", "agency-portal"],
        "endpoints": [("GET", "/api/bots", None), ("POST", "/api/bots", None),
                      ("GET", "/api/bots/{id}", None), ("POST", "/api/bots/{id}/actions", None),
                      ("POST", "/v1/public/chat", None),
                      ("POST", "/api/bots/{id}/messages", None)],
        "errors": [(400, 8, 9, (1,), mimicbot_invalid("clientUrl", message="Invalid url")),
                   (400, 4, 3, (3,), mimicbot_invalid("actions", 0, "name", message="Required")),
                   (401, 6, 7, (0, 2), mimicbot("UNAUTHENTICATED",
                                                "Bearer token missing or invalid")),
                   (402, 2, 3, (1,), mimicbot("PLAN_LIMIT_REACHED",
                                              "Plan limit reached: bots (limit 25)")),
                   (403, 4, 3, (2, 3), mimicbot("FORBIDDEN",
                                                "You do not have access to this resource")),
                   (403, 2, 3, (0,), mimicbot("NO_AGENCY", "No agency attached to profile")),
                   (404, 15, 13, (2,), mimicbot("NOT_FOUND", "Bot not found")),
                   (409, 3, 4, (1,), mimicbot("CONFLICT",
                                              "A bot for this clientUrl already exists")),
                   (429, 7, 8, (0, 2), mimicbot("RATE_LIMITED", "Too many requests")),
                   (429, 5, 4, (4,), mimicbot_public("RATE_LIMITED")),
                   (500, 6, 5, (1, 2, 3), mimicbot("INTERNAL_ERROR", "Something went wrong")),
                   (503, 3, 2, (1, 3), mimicbot("TEMPORAL_UNAVAILABLE",
                                                "Background worker is unreachable")),
                   (503, 4, 4, (0, 2), mimicbot("UPSTREAM_UNAVAILABLE",
                                                "A dependent service is unreachable"))]},
    "zihin": {
        "host": "api.zihin.ai", "weekly": 1050, "latency": 900,
        "consumers": ["support-copilot", "batch-import", "call-summaries"],
        "endpoints": [("POST", "/v1/agents/{id}/chat", "zihin-chat"),
                      ("GET", "/v1/agents/{id}", "zihin-agents"),
                      ("POST", "/v1/sessions/{id}/manual-message", "zihin-manual-message")],
        "errors": [(401, 2, 3, (0, 1), zihin("authentication_required",
                                             "No authentication provided")),
                   (401, 5, 4, (0, 1), zihin("invalid_api_key",
                                             "The provided API key is invalid or expired")),
                   (401, 6, 7, (0,), zihin("invalid_token", "JWT token is invalid or expired")),
                   (403, 3, 2, (2,), zihin("insufficient_permissions",
                                           "User lacks required role")),
                   (429, 9, 8, (0,), zihin("rate_limit_exceeded", "Too many requests")),
                   (429, 2, 3, (0,), zihin("quota_exceeded", "Monthly quota reached")),
                   (429, 2, 2, (0,), zihin("token_limit_exceeded", "Token pack exhausted")),
                   (400, 5, 4, (0,), zihin("invalid_request", "Malformed request body")),
                   (400, 4, 5, (0,), zihin("model_not_found", "Specified model does not exist")),
                   (404, 8, 9, (0, 1), zihin("agent_not_found", "Agent not found")),
                   (404, 14, 0, (1,), zihin("tenant_not_found", "Tenant not found")),
                   (502, 9, 8, (0,), zihin("provider_error", "LLM provider returned an error")),
                   (503, 4, 3, (0,), zihin("provider_unavailable", "LLM provider is down")),
                   (409, 4, 5, (2,), zihin("INVALID_SESSION_STATE", "Session is engaged",
                                           current_mode="engaged")),
                   (422, 3, 2, (2,), zihin("NO_TRIGGER_HISTORY",
                                           "No previous webhook execution")),
                   (422, 2, 2, (2,), zihin("NO_CALLBACK_CONFIG",
                                           "No outbound callback configured")),
                   (502, 4, 3, (2,), zihin("DELIVERY_FAILED",
                                           "The outbound channel returned an error",
                                           statusCode=429, latencyMs=412)),
                   (503, 2, 2, (0,), text("no healthy upstream")),
                   (504, 2, 2, (0,), text("upstream request timeout"))]},
    "flowestate": {
        "host": "api.flowestate.app", "weekly": 800, "latency": 110,
        "consumers": ["harbor-homes", "north-coast", "lakeview-realty"],
        "endpoints": [("POST", "/leads", None), ("GET", "/leads?page={page}", None),
                      ("GET", "/leads/{id}", None), ("POST", "/projects", None),
                      ("POST", "/webhooks/subscriptions", None)],
        "errors": [(400, 4, 5, (1, 3), flowestate("BAD_REQUEST", "Bad request")),
                   (400, 12, 11, (0,), flowestate(
                       "VALIDATION_ERROR", "Validation error: email: Invalid email; "
                                           "phone: String must be at most 50 characters")),
                   (401, 5, 4, (1, 2), flowestate("UNAUTHORIZED", "Invalid token")),
                   (403, 3, 4, (0,), flowestate("FORBIDDEN", "Insufficient permissions. "
                                                             "Missing scopes: leads:write")),
                   (403, 2, 2, (3,), flowestate_plan("projects")),
                   (403, 1, 2, (4,), flowestate_plan("webhook endpoints")),
                   (404, 10, 9, (2,), flowestate("NOT_FOUND", "Lead not found")),
                   (429, 8, 7, (0, 1), flowestate_limited),
                   (500, 4, 5, (0, 1, 2), flowestate("INTERNAL_ERROR",
                                                     "Unexpected server failure")),
                   (None, 2, 2, (1,), None)]},
    "zof": {
        "host": "api.zof.ai", "weekly": 480, "latency": 95,
        "consumers": ["ci-runner", "nightly-checks"],
        "endpoints": [("POST", "/v1/runs", "zof-runs"), ("GET", "/v1/runs/{id}", "zof-run"),
                      ("POST", "/v1/runs/{id}/cancel", "zof-cancel")],
        "errors": [(400, 8, 7, (0,), zof("invalid_request",
                                         "environment must be one of: staging, production",
                                         param="environment")),
                   (401, 5, 43, (0, 1), zof("unauthorized", "Invalid API key")),
                   (403, 3, 3, (0,), zof("forbidden", "Key owner role may lack runs:create")),
                   (404, 6, 7, (1,), zof("not_found", "Resource ID unknown")),
                   (409, 4, 3, (2,), zof("conflict", "Run is already completed")),
                   (429, 5, 6, (0, 1), zof("rate_limited", "Rate limit exceeded")),
                   (500, 3, 3, (1,), zof("internal_error", "Transient server fault"))]},
}
