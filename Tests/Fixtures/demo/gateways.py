"""What each gateway would have written about an exchange: one function, one shape of line.

Every shape is the gateway's documented one plus what an operator adds to see error bodies: a
body-logging plugin in Kong, a field fed by a Lua filter in Envoy and in NGINX, a serializer in the
client's logger.
"""
import datetime
import json

# Addresses are of the ranges set aside for documentation (RFC 5737).
ADDRESSES = {"zenstep": "192.0.2.17", "zof": "192.0.2.80", "zihin": "198.51.100.24",
             "mimicbot": "203.0.113.45"}


def instant(milliseconds):
    return datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.timezone.utc)


def uuid(digits):
    return "-".join((digits[:8], digits[8:12], "4" + digits[13:16], "a" + digits[17:20],
                     digits[20:]))


def body_text(exchange):
    body = exchange.body
    if body is None or isinstance(body, str):
        return body
    return json.dumps(body, separators=(",", ":"))


def kong(exchange):
    """Kong's http-log. A 429 may be Kong's own: then `source` says so and nothing was proxied."""
    own = exchange.body == "kong"
    total = exchange.latency
    headers = {"content-type": "application/json; charset=utf-8",
               "x-kong-request-id": exchange.id}
    if exchange.status == 429:
        headers |= {"retry-after": str(exchange.retry_after), "x-ratelimit-limit": "600",
                    "x-ratelimit-remaining": "0"}
    response = {"status": exchange.status, "size": 212, "headers": headers}
    if own:
        response["body"] = json.dumps({"message": "API rate limit exceeded",
                                       "request_id": exchange.id})
    elif exchange.body is not None:
        response["body"] = body_text(exchange)
    return {
        "started_at": exchange.time,
        "request": {"id": exchange.id, "method": exchange.method, "uri": exchange.path,
                    "headers": {"host": "egress.internal", "accept": "application/json"},
                    "querystring": {}, "size": 480},
        "response": response,
        "latencies": {"request": 1 if own else total, "proxy": -1 if own else total - 2,
                      "kong": 1 if own else 2, "receive": 0},
        "service": {"name": exchange.vendor, "host": exchange.host, "port": 443,
                    "protocol": "https"},
        "route": {"name": exchange.route, "protocols": ["https"]},
        "consumer": {"username": exchange.consumer},
        "tries": [] if own else [{"ip": ADDRESSES[exchange.vendor], "port": 443}],
        "upstream_uri": exchange.path,
        "upstream_status": "" if own else str(exchange.status),
        "source": "kong" if own else "upstream",
        "client_ip": "10.20.0.9", "workspace_name": "default",
    }


def envoy(exchange):
    """An Istio egress gateway's JSON. Text bodies are Envoy's own: the vendor was not reached."""
    flags, details, reached = "-", "via_upstream", True
    if exchange.body == "no healthy upstream":
        flags, details, reached = "UH", "no_healthy_upstream", False
    elif exchange.body == "upstream request timeout":
        flags, details = "UT", "response_timeout"
    answered = details == "via_upstream"
    return {
        "start_time": instant(exchange.time).strftime("%Y-%m-%dT%H:%M:%S.")
        + f"{exchange.time % 1000:03d}Z",
        "method": exchange.method, "path": exchange.path, "protocol": "HTTP/2",
        "authority": exchange.host, "response_code": exchange.status,
        "response_code_details": details, "response_flags": flags,
        "duration": exchange.latency,
        "upstream_service_time": str(exchange.latency - 1) if answered else None,
        "upstream_cluster": f"outbound|443||{exchange.host}",
        "upstream_host": f"{ADDRESSES[exchange.vendor]}:443" if reached else None,
        "upstream_transport_failure_reason": None,
        "route_name": exchange.route, "x-request-id": uuid(exchange.id),
        "consumer": exchange.consumer,
        "retry_after": str(exchange.retry_after) if exchange.retry_after else None,
        "response_body": body_text(exchange),
    }


def nginx(exchange):
    """An NGINX forward proxy's log_format with escape=json: all values text, time to the second,
    written when the response is done."""
    done = instant(exchange.time + exchange.latency)
    seconds = f"{exchange.latency / 1000:.3f}"
    return {
        "time_iso8601": done.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        "remote_addr": "10.20.0.31", "remote_user": exchange.consumer,
        "request_method": exchange.method, "request_uri": exchange.path,
        "server_protocol": "HTTP/1.1", "status": str(exchange.status),
        "request_time": seconds, "host": exchange.host, "proxy_host": exchange.host,
        "upstream_addr": f"{ADDRESSES[exchange.vendor]}:443",
        "upstream_status": str(exchange.status), "upstream_response_time": seconds,
        "request_id": exchange.id,
        "sent_http_retry_after": str(exchange.retry_after or ""),
        "response_body": body_text(exchange) or "",
    }


def pino(exchange):
    """The client's own logger, in pino-http's shape. `hostname` is the machine that logs; the host
    asked is in `req`."""
    failed = exchange.status is None
    level = 50 if failed or exchange.status >= 500 else 40 if exchange.status >= 400 else 30
    headers = {"content-type": "application/json"}
    if exchange.retry_after:
        headers |= {"retry-after": str(exchange.retry_after), "x-ratelimit-limit": "120",
                    "x-ratelimit-remaining": "0"}
    line = {
        "level": level, "time": exchange.time + exchange.latency, "pid": 17,
        "hostname": "crm-sync-6d9f7c5b8-x2vlq", "name": "crm-sync",
        "tenantId": exchange.consumer,
        "req": {"id": exchange.id, "method": exchange.method, "url": exchange.path,
                "host": exchange.host},
        "res": {"statusCode": None if failed else exchange.status,
                "headers": {} if failed else headers},
        "responseTime": exchange.latency,
    }
    if failed:
        line["err"] = {"type": "Error", "code": "ECONNRESET", "message": "socket hang up"}
    elif exchange.body is not None:
        line["body"] = exchange.body
    line["msg"] = "request errored" if failed else "request completed"
    return line


def pino_note(time, words):
    """A line of the same logger that is about no request at all."""
    return {"level": 30, "time": time, "pid": 17, "hostname": "crm-sync-6d9f7c5b8-x2vlq",
            "name": "crm-sync", "msg": words}


GATEWAYS = {"zenstep": kong, "zof": kong, "zihin": envoy, "mimicbot": nginx, "flowestate": pino}
