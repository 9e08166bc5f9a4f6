#!/usr/bin/env python3
"""Write a log as people have them, one record a line, to standard output.

usage: shapes.py KIND LINES [--seed N] > log

The same arguments give the same bytes; a shorter log is the beginning of a longer one. Times rise
by a tenth of a second or so from line to line. The kinds:

  bodies   errors only, and no body like another: 300 to 1500 bytes, in several languages, some with
           a secret; the envelope is that of make-log.py
  kong     Kong's http-log as it comes, route and service objects and all: 3 % errors
  envoy    Envoy's JSON access log: 3 % errors
  nginx    NGINX's combined format with times behind it: 3 % errors
  mix      the demo's four gateways side by side: 12 % errors, with bodies
"""
import argparse
import datetime
import json
import pathlib
import random
import sys
import types

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "Fixtures/demo"))
from gateways import GATEWAYS  # noqa: E402
from vendors import VENDORS  # noqa: E402

START = int(datetime.datetime(2026, 3, 2, tzinfo=datetime.timezone.utc).timestamp() * 1000)

AGENTS = [
    "curl/8.5.0", "python-requests/2.32.3", "axios/1.7.9", "okhttp/4.12.0", "Go-http-client/2.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
]
HOSTS = ["api.mimicbot.app", "api.zihin.ai", "api.zof.ai", "hooks.flowestate.app", "api.zenstep.io"]
CONSUMERS = [f"team-{number:02d}" for number in range(40)]
FAILURES = [400, 401, 403, 404, 404, 409, 422, 429, 429, 500, 502, 503, 504]

# Words a message is made of, by language; no two messages are alike.
WORDS = {
    "en": "the request could not be completed because a value of this field is missing or not valid "
          "please check your input and send it again your account has access to these resources only "
          "the service took longer than we allow while it was reading from its store of records",
    "de": "die Anfrage konnte nicht verarbeitet werden da ein Wert in diesem Feld fehlt oder ungültig "
          "ist bitte prüfen Sie Ihre Eingaben und senden Sie diese noch einmal für Ihr Konto",
    "fr": "la requête n'a pas pu être traitée car une valeur de ce champ est absente ou n'est pas "
          "valide veuillez vérifier vos données puis les envoyer à nouveau pour votre compte",
    "es": "la solicitud no se pudo completar porque falta un valor de este campo o no es válido revise "
          "sus datos y vuelva a enviarlos para su cuenta mañana",
    "ja": "リクエスト を 処理 できません でした この 項目 の 値 が ない か 正しく ありません 入力 を 確認 して もう一度 送って ください",
    "zh": "请求 无法 完成 因为 此 字段 的 值 缺失 或 无效 请 检查 您的 输入 然后 重新 发送 您的 账户 没有 权限",
    "ru": "запрос не удалось выполнить так как значение этого поля отсутствует или неверно проверьте "
          "введённые данные и отправьте их ещё раз для вашей учётной записи",
}
WORDS = [words.split() for words in WORDS.values()]


class Dice:
    """A seeded source of everything random."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.chance, self.pick = self.random.random, self.random.choice
        self.below, self.bits = self.random.randrange, self.random.getrandbits

    def hexes(self, digits):
        return f"{self.bits(4 * digits):0{digits}x}"

    def uuid(self):
        text = self.hexes(32)
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"

    def latency(self):
        return 3 + int(self.random.expovariate(1 / 80))

    def path(self):
        return self.pick([
            lambda: f"/v1/items/{self.below(5000)}?page={self.below(40)}",
            lambda: f"/v1/projects/{self.uuid()}/runs", lambda: "/v1/chat/completions",
            lambda: f"/api/bots/{self.hexes(8)}", lambda: "/webhooks/subscriptions",
            lambda: f"/assets/{self.hexes(12)}.webp", lambda: "/healthz"])()


def iso(time):
    moment = datetime.datetime.fromtimestamp(time / 1000, datetime.timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{time % 1000:03d}Z"


def body(dice):
    """The JSON text of an error whose message nobody has written before, and a status."""
    words = dice.pick(WORDS)
    message = " ".join(dice.pick(words) for _ in range(20 + dice.below(60 + dice.below(100))))
    message = f"{message[:1].upper()}{message[1:]} ({dice.hexes(12)})."
    sort = dice.chance()
    if sort < 0.10:
        message += f" Please try again in {1 + dice.below(50)}s."
    elif sort < 0.20:
        message += f" Too many requests: {dice.below(900)} of 900 in this minute."
    elif sort < 0.25:
        message += f" Incorrect API key provided: sk-proj-{dice.hexes(40)}."
    elif sort < 0.30:
        message += f" Contact {dice.hexes(8)}@example.com for more."
    code = dice.pick(["invalid_request", "rate_limited", "internal_error", "not_found",
                      "quota_exceeded", "conflict"])
    error = {"code": code, "message": message, "request_id": f"req_{dice.hexes(24)}"}
    if dice.chance() < 0.2:
        error["details"] = [{"field": f"items[{dice.below(90)}].price", "reason": "must be positive"}]
    return {"error": error}, dice.pick(FAILURES)


def bodies(dice, time):
    error, status = body(dice)
    return dumps({
        "timestamp": iso(time), "vendor": dice.pick(["acme", "zof", "mimicbot", "globex"]),
        "method": dice.pick(["GET", "POST"]), "path": dice.path(), "status": status,
        "latency_ms": dice.latency(), "consumer": dice.pick(CONSUMERS),
        "request_id": f"req_{dice.hexes(24)}", "body": error})


def outcome(dice):
    return dice.pick(FAILURES) if dice.chance() < 0.03 else dice.pick([200, 200, 200, 201, 204, 304])


SERVICE = {"write_timeout": 60000, "read_timeout": 60000, "updated_at": 1772409600, "port": 443,
           "enabled": True, "created_at": 1772409600, "protocol": "https", "connect_timeout": 60000,
           "retries": 5, "ws_id": "f381e34e-5c25-4e65-b91b-3c0a86cfc393"}
ROUTE = {"updated_at": 1772409600, "tags": [], "response_buffering": True, "path_handling": "v0",
         "protocols": ["http", "https"], "https_redirect_status_code": 426, "regex_priority": 0,
         "strip_path": True, "preserve_host": False, "created_at": 1772409600,
         "request_buffering": True, "ws_id": "f381e34e-5c25-4e65-b91b-3c0a86cfc393"}


def kong(dice, time):
    status, host, path, identifier = outcome(dice), dice.pick(HOSTS), dice.path(), dice.hexes(32)
    latency, own = dice.latency(), dice.uuid()
    headers = {"content-type": "application/json; charset=utf-8", "content-length": "212",
               "date": "Mon, 02 Mar 2026 00:00:00 GMT", "via": "1.1 kong/3.8.0",
               "x-kong-upstream-latency": str(latency), "x-kong-proxy-latency": "1",
               "x-kong-request-id": identifier}
    if status == 429:
        headers["retry-after"] = str(1 + dice.below(60))
    response = {"size": 200 + dice.below(9000), "headers": headers, "status": status}
    if status >= 400:
        response["body"] = dumps(body(dice)[0])
    return dumps({
        "response": response,
        "route": {**ROUTE, "service": {"id": own}, "name": path.split("?")[0].split("/")[1],
                  "id": own, "paths": ["/" + path.split("/")[1]]},
        "workspace": ROUTE["ws_id"], "workspace_name": "default",
        "tries": [{"balancer_start": time, "ip": f"192.0.2.{dice.below(250)}",
                   "balancer_latency": 0, "port": 443, "balancer_latency_ns": 27904}],
        "client_ip": f"10.20.{dice.below(250)}.{dice.below(250)}",
        "request": {"id": identifier, "uri": path, "size": 139, "querystring": {},
                    "method": dice.pick(["GET", "GET", "POST"]), "url": "http://egress:8000" + path,
                    "headers": {"accept": "*/*", "user-agent": dice.pick(AGENTS), "host": host,
                                "connection": "keep-alive", "accept-encoding": "gzip, deflate"}},
        "upstream_uri": path, "started_at": time, "source": "upstream",
        "upstream_status": str(status),
        "latencies": {"kong": 1, "proxy": latency, "request": latency + 1, "receive": 1},
        "consumer": {"username": dice.pick(CONSUMERS)},
        "service": {**SERVICE, "host": host, "name": host.split(".")[1], "id": own}})


def envoy(dice, time):
    status, host, path, latency = outcome(dice), dice.pick(HOSTS), dice.path(), dice.latency()
    flags = {503: "UF", 504: "UT"}.get(status, "-")
    return dumps({
        ":authority": host, "bytes_received": dice.below(900), "bytes_sent": dice.below(90000),
        "connection_termination_details": None, "downstream_local_address": "10.42.0.77:10443",
        "downstream_remote_address": f"10.0.{dice.below(250)}.{dice.below(250)}:59292",
        "duration": latency, "method": dice.pick(["GET", "GET", "POST"]), "protocol": "HTTP/2",
        "requested_server_name": host, "response_code": status,
        "response_code_details": "via_upstream", "response_flags": flags,
        "route_name": "egress/" + path.split("?")[0].split("/")[1], "start_time": iso(time),
        "upstream_cluster": f"outbound|443||{host}", "upstream_host": "192.0.2.17:443",
        "upstream_local_address": "10.42.0.77:51216", "upstream_transport_failure_reason": None,
        "user-agent": dice.pick(AGENTS), "x-envoy-origin-path": path,
        "x-envoy-upstream-service-time": str(latency - 1), "x-forwarded-for": "10.0.0.12",
        "x-request-id": dice.uuid()})


def nginx(dice, time):
    status, latency = outcome(dice), dice.latency() / 1000
    moment = datetime.datetime.fromtimestamp(time // 1000, datetime.timezone.utc)
    return (f'10.{dice.below(250)}.{dice.below(250)}.7 - - [{moment:%d/%b/%Y:%H:%M:%S} +0000] '
            f'"{dice.pick(["GET", "GET", "POST"])} {dice.path()} HTTP/1.1" {status} '
            f'{dice.below(90000)} "-" "{dice.pick(AGENTS)}" rt={latency:.3f} '
            f'uct=0.001 urt={latency:.3f} request_id={dice.hexes(32)}')


def mix(dice, time):
    """One exchange of the demo's vendors, as their gateways write it down."""
    vendor = dice.pick(list(VENDORS))
    profile = VENDORS[vendor]
    method, path, route = dice.pick(profile["endpoints"])
    status, error, retry_after = 200, None, None
    if dice.chance() < 0.12:
        status, *_, make = dice.pick(profile["errors"])
        error = make(dice.random) if callable(make) else make
        retry_after = 1 + dice.below(60) if status == 429 else None
    return dumps(GATEWAYS[vendor](types.SimpleNamespace(
        time=time, vendor=vendor, method=method, route=route, host=profile["host"], status=status,
        path=path.format(id=dice.hexes(8), page=dice.below(6)), body=error,
        consumer=dice.pick(profile["consumers"]), latency=dice.latency(), retry_after=retry_after,
        id=dice.hexes(32))))


def dumps(record):
    return json.dumps(record, separators=(",", ":"), ensure_ascii=False)


KINDS = {"bodies": bodies, "kong": kong, "envoy": envoy, "nginx": nginx, "mix": mix}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("lines", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice, line, time = Dice(options.seed), KINDS[options.kind], START
    for _ in range(options.lines):
        time += dice.below(160)
        sys.stdout.write(line(dice, time) + "\n")


if __name__ == "__main__":
    main()
