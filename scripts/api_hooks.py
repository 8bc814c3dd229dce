"""Hooks of schemathesis for scripts/test-api: real ids, revisions and contents.

Made-up ids only ever meet 404 and made-up contents 422, so two of three calls
of an operation are led to a record of the demo: its id in the path, its
revision in If-Match, and for every third call its own content with one member
replaced by a made-up one. Every call comes from another address, as a reverse
proxy tells it, since the server holds back who asks too often. How a call is
changed depends on its number within the operation only.

YJY_TEST_FACTS names a JSON file: url, headers, org, ids by resource, csv, png,
the order of a movement, the file of its voucher and the proof of a device.
YJY_TEST_COUNTS names the file for the counts of answers.
"""
import atexit
import base64
import collections
import itertools
import json
import os
import re
import time
import urllib.error
import urllib.request

import schemathesis
from hypothesis.internal import lambda_sources

# The description of a lambda only decorates a message, but finding it parses
# source text, on which Python 3.11 can fail with a SystemError deep in a run.
lambda_sources.lambda_description = lambda function: "lambda"

FACTS = json.load(open(os.environ["YJY_TEST_FACTS"], encoding="utf-8"))
NUMBERS = collections.defaultdict(itertools.count)
VISITORS = itertools.count(1)
ANSWERS = collections.Counter()
IMAGE = {"region": "full", "size": "max", "rotation": "0", "file": "default.jpg"}


@schemathesis.serializer("application/offset+octet-stream")
def piece(ctx, value):
    """A piece of an upload (tus) is bytes."""
    return value if isinstance(value, bytes) else str(value).encode()


def read(path):
    """Returns body and ETag of a GET with the rights of the caller, ({}, "") when refused."""
    ask = urllib.request.Request(FACTS["url"] + path, headers=FACTS["headers"])
    ask.add_header("X-Forwarded-For", visitor())
    try:
        with urllib.request.urlopen(ask, timeout=30) as answer:
            return json.load(answer), answer.headers.get("ETag", "")
    except urllib.error.HTTPError:
        return {}, ""


def visitor():
    n = next(VISITORS)
    return f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"


def pick(resource, n):
    ids = FACTS["ids"][resource]
    return ids[n % len(ids)]


def replace_one(content, made_up, n):
    """Returns content with one member of made_up put in."""
    out = dict(content)
    if isinstance(made_up, dict) and made_up:
        key = sorted(made_up)[n % len(made_up)]
        out[key] = made_up[key]
    return out


def real_path(case, resource, n):
    """Puts real values into the path of a case."""
    values = dict(case.path_parameters or {})
    if resource == "manifest":
        resource = values["kind"] = ("relics", "sites")[n % 2]
    for name in values:
        if name == "id" and FACTS["ids"].get(resource):
            values[name] = pick(resource, n)
        elif name == "rev":
            values[name] = 1
        elif name == "org":
            values[name] = FACTS["org"]
        elif name == "file" and resource == "movements":
            values["id"], values[name] = FACTS["ids"]["movements"][0], FACTS["voucher"]
        elif name == "line":
            values[name] = 2 + n % 4
        elif name == "name":
            values[name] = pick("vocabularies", n)
        elif name in IMAGE and n % 3 == 0:
            values[name] = IMAGE[name]
    case.path_parameters = values


def real_body(case, resource, n):
    """Replaces a made-up body by a real one with one made-up member."""
    made_up = case.body if isinstance(case.body, dict) else {}
    if case.path == f"/api/v1/{resource}/{{id}}" and case.method == "PUT":
        now, _ = read(f"/api/v1/{resource}/{case.path_parameters['id']}?view=staff")
        if "fields" in now:
            return {"fields": replace_one(now["fields"], made_up.get("fields"), n), "reason": "测试 test"} if resource in FACTS["reasoned"] \
                else {"fields": replace_one(now["fields"], made_up.get("fields"), n)}
    if case.path == f"/api/v1/{resource}" and case.method == "POST" and "fields" in made_up and FACTS["ids"].get(resource):
        now, _ = read(f"/api/v1/{resource}/{pick(resource, n)}?view=staff")
        fields = {k: v for k, v in now.get("fields", {}).items() if k != "number"}
        named = {"devices": {"id": f"test-made-{n}"}, "tags": {"id": f"e281{n:08x}"}}.get(resource, {})
        return {"org": FACTS["org"], "fields": replace_one(fields, made_up["fields"], n)} | named
    if case.path == "/api/v1/tags/{id}/binding":
        return replace_one({"relicId": pick("relics", n), "carrier": "box", "method": "测试 test", "reversible": True, "approvedBy": "测试 test"}, made_up, n)
    if case.path.startswith("/api/v1/capture/"):
        return replace_one({"at": time.time_ns() // 1_000_000, "seq": n, "channel": "t", "value": 20.5, "unit": "Cel"}, made_up, n)
    if case.path == "/api/v1/plans":
        return replace_one({"areaId": pick("areas", n), "budgetMinutes": 60 + n % 300}, made_up, n)
    if case.path == "/api/v1/movements":
        return replace_one(FACTS["order"], made_up, n)
    if case.path.endswith(("/publications", "/reviews")):
        some = [pick(resource, n), pick(resource, n + 1)]
        return made_up | {"items": [{"id": i, "rev": read(f"/api/v1/{resource}/{i}?view=staff")[0].get("rev", 1)} for i in some]}
    if case.path.endswith("/restore"):
        return {"rev": 1, "reason": "测试 test"}
    if case.path == "/api/v1/loads":
        case.query = {"org": FACTS["org"], "kind": "relic", "name": "test.csv", "allowRepeat": "true"}
        return FACTS["csv"].encode() + f"T-{n},测试{n}\n".encode()
    if case.path == "/api/v1/media":
        return {"org": FACTS["org"], "file": base64.b64decode(FACTS["png"])}
    if set(made_up) and set(made_up) <= {"reason", "remark", "step"}:
        return {k: v if k == "step" else "测试 test" for k, v in made_up.items()}
    return case.body


@schemathesis.hook
def before_call(context, case, kwargs):
    case.headers["X-Forwarded-For"] = visitor()
    n = next(NUMBERS[case.operation.label])
    if n % 3 == 2:
        return
    part = re.match(r"/(?:api/v1|iiif)/([a-z-]+)", case.path)
    resource = part.group(1) if part else ""
    if case.path_parameters:
        real_path(case, resource, n)
    if resource == "capture":
        case.headers["Authorization"] = FACTS["device"]
    if case.path.endswith("/readings"):
        case.query = (case.query or {}) | {"channel": "t"}
    if n % 3 == 0 and case.method in ("POST", "PUT", "PATCH"):
        case.body = real_body(case, resource, n // 3)
    if any(p.name == "If-Match" for p in case.operation.headers) and "{id}" in case.path:
        base = re.match(r".*?\{id\}", case.path).group(0).replace("{id}", str(case.path_parameters["id"]))
        _, tag = read(base + "?view=staff" if resource in FACTS["twoViews"] else base)
        if tag:
            case.headers["If-Match"] = tag


@schemathesis.hook
def after_call(context, case, response):
    ANSWERS[f"{case.operation.label} {response.status_code}"] += 1


@atexit.register
def save():
    with open(os.environ["YJY_TEST_COUNTS"], "w", encoding="utf-8") as out:
        json.dump(ANSWERS, out)
