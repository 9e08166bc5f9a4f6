#!/usr/bin/env python3
"""Write a gateway log of API error responses from the five vendors, one JSON object a line.

usage: make-log.py LINES [--seed N] [--days D] [--start YYYY-MM-DD] [--successes SHARE] > log.ndjson

The same arguments give the same bytes. Lines are about 400 bytes, in time order, spread evenly
over the days (without --days, 111 111 a day); vendors are unevenly popular; every shape and code
of seeds/ occurs.
"""
import argparse
import datetime
import random
import sys

RESOURCES = ["bots", "monthly messages", "active actions"]
PLAN_ITEMS = ["leads", "projects", "webhook endpoints"]
ROUTES = ["/v1/chat", "/leads", "/projects", "/runs/%s", "/api/bots", "/events",
          "/webhooks/subscriptions", "/sessions/%s/manual-message", "/v1/public/chat"]


def bodies(rnd):
    """vendor -> list of (status, function giving the JSON text of the body)"""
    rid = lambda: "req_%020x" % rnd.getrandbits(80)
    num = rnd.randrange

    def mimic(code, message, details=""):
        return lambda: '{"error":{"code":"%s","message":"%s","requestId":"%s"%s}}' % (
            code, message() if callable(message) else message, rid(), details)

    def zihin(code, message, details=""):
        return lambda: '{"error":"%s","message":"%s","status":"error"%s}' % (
            code, message, details() if callable(details) else details)

    def flow(code, message):
        return lambda: '{"error":{"message":"%s","code":"%s"}}' % (
            message() if callable(message) else message, code)

    const = lambda text: lambda: text
    return {
        "zenstep": [
            (400, lambda: '{"error":"Validation failed","details":[{"path":"events[%d].eventType",'
             '"message":"Invalid enum value"}]}' % num(50)),
            (400, const('{"error":"Validation failed","details":[{"path":"events",'
                        '"message":"Array must contain at least 1 element(s)"}]}')),
            (401, const('{"error":"Unauthorized"}')), (403, const('{"error":"Forbidden"}')),
            (404, const('{"error":"Not found"}')),
            (409, const('{"error":"A flow with this name already exists"}')),
            (429, lambda: '{"error":"Rate limit exceeded","retryAfter":%d}' % (1 + num(59))),
            (500, const('{"error":"Internal server error"}'))],
        "mimicbot": [
            (400, mimic("VALIDATION_ERROR", "Invalid request body",
                        ',"details":{"issues":[{"path":["clientUrl"],"message":"Invalid url"}]}')),
            (401, mimic("UNAUTHENTICATED", "Bearer token missing or invalid")),
            (402, mimic("PLAN_LIMIT_REACHED", lambda: "Plan limit reached: %s (limit %d)" % (
                rnd.choice(RESOURCES), 5 * (1 + num(20))))),
            (403, mimic("FORBIDDEN", "You do not have access to this resource")),
            (403, mimic("NO_AGENCY", "No agency attached to profile")),
            (404, mimic("NOT_FOUND", "Bot not found")),
            (409, mimic("CONFLICT", "A bot for this clientUrl already exists")),
            (429, mimic("RATE_LIMITED", "Too many requests")),
            (429, const('{"error":{"code":"RATE_LIMITED"}}')),
            (500, mimic("INTERNAL_ERROR", "Something went wrong")),
            (503, mimic("TEMPORAL_UNAVAILABLE", "Background worker is unreachable")),
            (503, mimic("UPSTREAM_UNAVAILABLE", "A dependent service is unreachable"))],
        "zihin": [
            (401, zihin("authentication_required", "No authentication provided")),
            (401, zihin("invalid_api_key", "The provided API key is invalid or expired")),
            (401, zihin("invalid_token", "JWT token is invalid or expired")),
            (403, zihin("insufficient_permissions", "User lacks required role")),
            (429, zihin("rate_limit_exceeded", "Too many requests")),
            (429, zihin("quota_exceeded", "Monthly quota reached")),
            (429, zihin("token_limit_exceeded", "Token pack exhausted")),
            (400, zihin("invalid_request", "Malformed request body")),
            (400, zihin("model_not_found", "Specified model does not exist")),
            (404, zihin("agent_not_found", "Agent not found")),
            (404, zihin("tenant_not_found", "Tenant not found")),
            (502, zihin("provider_error", "LLM provider returned an error")),
            (504, zihin("provider_timeout", "LLM provider did not respond in time")),
            (503, zihin("provider_unavailable", "LLM provider is down")),
            (409, zihin("INVALID_SESSION_STATE", "Session is engaged",
                        ',"details":{"current_mode":"engaged"}')),
            (422, zihin("NO_TRIGGER_HISTORY", "No previous webhook execution")),
            (422, zihin("NO_CALLBACK_CONFIG", "No outbound callback configured")),
            (502, zihin("DELIVERY_FAILED", "The outbound channel returned an error",
                        lambda: ',"details":{"statusCode":%d,"latencyMs":%d}' % (
                            rnd.choice([400, 429, 500, 503]), num(9000))))],
        "flowestate": [
            (400, flow("BAD_REQUEST", "Bad request")),
            (400, flow("VALIDATION_ERROR", "Validation error: email: Invalid email; "
                       "phone: String must be at most 50 characters")),
            (401, flow("UNAUTHORIZED", "Invalid token")),
            (403, flow("FORBIDDEN", "Insufficient permissions. Missing scopes: leads:write")),
            (403, flow("FORBIDDEN",
                       lambda: "You have reached the maximum number of %s for your plan."
                       % rnd.choice(PLAN_ITEMS))),
            (404, flow("NOT_FOUND", "Lead not found")),
            (429, flow("BAD_REQUEST", lambda: "Rate limit exceeded. Retry after %d seconds."
                       % (1 + num(59)))),
            (500, flow("INTERNAL_ERROR", "Unexpected server failure"))],
        "zof": [
            (400, const('{"error":{"code":"invalid_request","message":'
                        '"environment must be one of: staging, production",'
                        '"param":"environment"}}')),
            (401, const('{"error":{"code":"unauthorized","message":"Invalid API key"}}')),
            (403, const('{"error":{"code":"forbidden",'
                        '"message":"Key owner role may lack runs:create"}}')),
            (404, const('{"error":{"code":"not_found","message":"Resource ID unknown"}}')),
            (409, const('{"error":{"code":"conflict","message":"Run is already completed"}}')),
            (429, const('{"error":{"code":"rate_limited","message":"Rate limit exceeded"}}')),
            (500, const('{"error":{"code":"internal_error","message":"Transient server fault"}}'))],
    }


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("lines", type=int)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--days", type=float)
    a.add_argument("--start", default="2026-01-01")
    a.add_argument("--successes", type=float, default=0.0, help="share of lines that are 200s")
    o = a.parse_args()
    rnd = random.Random(o.seed)
    table = bodies(rnd)
    names = list(table)
    utc = datetime.timezone.utc
    t0 = int(datetime.datetime.fromisoformat(o.start).replace(tzinfo=utc).timestamp() * 1000)
    step = (o.days or o.lines / 111_111) * 86_400_000 / max(1, o.lines)
    day, day_text = None, ""
    write, bits, pick, num = sys.stdout.write, rnd.getrandbits, rnd.choice, rnd.random
    for i in range(o.lines):
        t = t0 + int((i + num()) * step)
        if t // 86_400_000 != day:
            day = t // 86_400_000
            day_text = datetime.datetime.fromtimestamp(day * 86400, utc).strftime("%Y-%m-%d")
        s = t % 86_400_000
        vendor = names[min(4, int(rnd.expovariate(0.7)))]
        if num() < o.successes:
            status, body, extra = 200, '{"ok":true}', ""
        else:
            status, make = pick(table[vendor])
            body = make()
            extra = ',"retry-after":"%d"' % (1 + int(num() * 59)) if status == 429 else ""
        path = pick(ROUTES)
        if "%" in path:
            path = path % ("%08x" % bits(32))
        write('{"timestamp":"%sT%02d:%02d:%02d.%03dZ","vendor":"%s","method":"%s","path":"%s",'
              '"status":%d,"latency_ms":%.1f,"consumer":"key_%03d","request_id":"req_%024x",'
              '"headers":{"content-type":"application/json","server":"gw/2.1",'
              '"x-request-id":"%032x"%s},"body":%s}\n' % (
                  day_text, s // 3_600_000, s // 60_000 % 60, s // 1000 % 60, s % 1000, vendor,
                  pick(("GET", "POST", "POST", "PATCH")), path, status,
                  5 + rnd.expovariate(1 / 80), int(num() * num() * 400), bits(96), bits(128),
                  extra, body))


if __name__ == "__main__":
    main()
