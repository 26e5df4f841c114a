#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Works out, without any of the Java code, what events every recorded exchange must give.

Why it exists: a test that compares the client with itself proves nothing. The expected events (golden data) come from here, written from
the wire's description alone and in another language. One file NAME.jsonl for each recording, one event a line, in the form of the command
line's `--events`. Numbers keep their text as on the wire. Error messages are the server's words; where the words would be our own
(connection, truncation) there is no `message`, and a test should not look at it.

Usage: expected_events.py [--check] [RECORDINGS [EXPECTED]]
"""
import argparse
import base64
import json
import sys
import urllib.parse
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATS = ("total_duration", "load_duration", "prompt_eval_count", "prompt_eval_duration", "eval_count", "eval_duration")
GENERATION_DONE = ("model", "created_at", "done_reason", "context", *STATS, "remote_model", "remote_host")
EMBED_DONE = ("model", "total_duration", "load_duration", "prompt_eval_count")


# --- JSON that keeps number literals --------------------------------------------------------------------------------------------------

class Number(str):
    """A number as it was written."""


def parse(text):
    return json.loads(text, parse_int=Number, parse_float=Number)


def encode(value):
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(encode(str(k)) + ":" + encode(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(encode, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


# --- events and failures --------------------------------------------------------------------------------------------------------------

class Failure(Exception):
    """Ends an exchange; becomes its last event."""

    def __init__(self, kind_of_error, /, **fields):
        super().__init__(kind_of_error)
        self.fields = {"type": kind_of_error, **fields}


def event(name, /, **fields):
    """An event without the fields that are null or not there."""
    return {"event": name, **present(fields)}


def present(fields):
    return {k: v for k, v in fields.items() if v is not None}


def pick(source, names):
    return {n: source.get(n) for n in names}


def error_event(failure, events):
    partial = {n: "".join(e.get("text", "") for e in events if e["event"] == n) or None for n in ("token", "thinking")}
    f = dict(failure.fields)
    head = {n: f.pop(n, None) for n in ("type", "kind", "status", "message")}
    return event("error", **head, partial=partial["token"], partial_thinking=partial["thinking"], **f)


# --- a recording ----------------------------------------------------------------------------------------------------------------------

class Exchange:
    def __init__(self, path):
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        request, response = records[0]["request"], records[1]["response"]
        self.method, self.path = request["method"], request["path"]
        self.status, self.reason, self.headers = response["status"], response.get("reason", ""), response.get("headers", {})
        self.request = {}
        if isinstance(request.get("body"), str):
            try:
                body = parse(request["body"])
                self.request = body if isinstance(body, dict) else {}
            except ValueError:
                pass  # some requests are wrong on purpose, or a blob's bytes
        data = [r["data"] for r in records if "data" in r]
        self.body = b"".join(base64.b64decode(d["base64"]) if "base64" in d else d["text"].encode() for d in data)
        self.cut = next((r["end"]["how"] != "complete" for r in records if "end" in r), True)

    def lines(self):
        """The objects of an NDJSON body; a failure where it is cut, malformed, or an error line."""
        lines = self.body.split(b"\n")
        for number, line in enumerate(lines, 1):
            last = number == len(lines)
            if last and self.cut:
                raise Failure("connection")
            if not line.strip():
                continue
            try:
                value = parse(line.decode())
            except ValueError:
                value = None
            if not isinstance(value, dict):
                raise Failure("stream") if last else Failure("protocol", line=number)
            yield refuse_error(value)

    def document(self):
        """The one JSON document of a body."""
        if self.cut:
            raise Failure("connection")
        try:
            return refuse_error(parse(self.body.decode()))
        except ValueError:
            raise Failure("protocol") from None


def refuse_error(value):
    if isinstance(value, dict) and value.get("error") is not None:
        raise Failure("stream", message=value["error"])
    return value


# --- one function for each family of endpoint -----------------------------------------------------------------------------------------

def generation(x):
    """POST /api/generate and /api/chat, streamed or not, load and unload."""
    for line in x.lines():
        message = line.get("message") or line
        text = message.get("content" if "message" in line else "response") or ""
        thinking = message.get("thinking") or ""
        logprobs = line.get("logprobs") or None
        if thinking:
            yield event("thinking", text=thinking, logprobs=None if text else logprobs)
        if text or (logprobs and not thinking):
            yield event("token", text=text, logprobs=logprobs)
        for call in message.get("tool_calls") or []:
            function = call["function"]
            yield event("tool_called", id=call.get("id"), **pick(function, ("index", "name", "arguments")))
        if line.get("total") is not None and not line.get("done"):
            yield event("rendering", completed=line.get("completed", Number("0")), total=line["total"])
        if line.get("image"):
            yield event("image", image=line["image"])
        debug = line.get("_debug_info") or {}
        if line.get("done") or line.get("done_reason") or debug:
            yield event("done", **pick(line, GENERATION_DONE), rendered_template=debug.get("rendered_template"))
            return
    raise Failure("stream")  # the body ended before `done`


def progress(x):
    """POST /api/pull, /api/push, /api/create."""
    success = False
    for line in x.lines():
        if line.get("digest"):
            yield event("layer", **pick(line, ("status", "digest", "total")), completed=line.get("completed") or Number("0"))
        elif line.get("status") == "success":
            success = True
            yield event("success")
        else:
            yield event("status", status=line.get("status"))
    if not success and x.path != "/api/create":
        raise Failure("stream")


def embed(x):
    """POST /api/embed."""
    answer = x.document()
    for index, row in enumerate(answer.get("embeddings") or []):
        yield event("vector", index=index, values=row)
    yield event("done", **pick(answer, EMBED_DONE))


def embeddings(x):
    """POST /api/embeddings, the old one."""
    row = x.document().get("embedding")
    if row:
        yield event("vector", index=0, values=row)
    yield event("done")


def models(x):
    """GET /api/tags and /api/ps."""
    for model in x.document().get("models") or []:
        yield event("model", **without_nulls(model))


def show(x):
    """POST /api/show. Nulls inside model_info mean something (an array left out) and stay."""
    yield event("shown", **without_nulls(x.document()))


def without_nulls(model):
    """Null is absent, at the top and in details."""
    return {k: present(v) if k == "details" and isinstance(v, dict) else v for k, v in model.items() if v is not None}


def blobs(x):
    """HEAD and POST /api/blobs/:digest."""
    names = {("HEAD", 200): "found", ("HEAD", 404): "missing", ("POST", 201): "stored", ("POST", 200): "already_there"}
    yield event(names[x.method, x.status], digest=urllib.parse.unquote(x.path.rsplit("/", 1)[1]))


def copy(x):
    yield event("copied", **pick(x.request, ("source", "destination")))


def delete(x):
    yield event("deleted", model=x.request.get("model"))


def version(x):
    yield event("version", version=x.document().get("version"))


def cloud_status(x):
    yield event("cloud_status", **pick(x.document().get("cloud") or {}, ("disabled", "source")))


def alive(_):
    yield event("alive")


ENDPOINTS = {
    "/api/generate": generation, "/api/chat": generation,
    "/api/pull": progress, "/api/push": progress, "/api/create": progress,
    "/api/embed": embed, "/api/embeddings": embeddings,
    "/api/tags": models, "/api/ps": models, "/api/show": show,
    "/api/copy": copy, "/api/delete": delete,
    "/api/version": version, "/api/status": cloud_status, "/": alive,
}


# --- refusals -------------------------------------------------------------------------------------------------------------------------

def refusal(x):
    """An answer with a status that is no success."""
    text = x.body.decode(errors="replace").strip()
    words, signin_url = text, None
    try:
        body = parse(text)
        if isinstance(body, str) and not isinstance(body, Number):
            words = body
        elif isinstance(body, dict) and isinstance(body.get("error"), str):
            words, signin_url = body["error"], body.get("signin_url")
    except ValueError:
        pass
    location = x.headers.get("Location") if 300 <= x.status < 400 else None
    return Failure("status", kind=kind(x, words), status=x.status, message=words or x.reason, signin_url=signin_url, location=location)


def kind(x, words):
    status = x.status
    if status == 404:
        return "model_not_found" if "model" in words and "not found" in words else "not_found"
    if status == 400 and "does not support" in words:
        return "unsupported"
    if status == 400 and words == "model is required" and x.request.get("model"):
        return "model_not_found"
    known = {401: "unauthorized", 403: "forbidden", 429: "rate_limited", 501: "unsupported", 503: "overloaded"}
    return known.get(status) or ("server_error" if status >= 500 else "bad_request" if status >= 400 else "redirect")


# --- everything -----------------------------------------------------------------------------------------------------------------------

def expected(path):
    """The events of one recording, as text."""
    x = Exchange(path)
    events = []
    try:
        missing_blob = x.path.startswith("/api/blobs/") and x.method == "HEAD" and x.status == 404
        if not (200 <= x.status < 300 or missing_blob):
            raise refusal(x)
        endpoint = blobs if x.path.startswith("/api/blobs/") else ENDPOINTS[x.path]
        for e in endpoint(x):
            events.append(e)
    except Failure as failure:
        events.append(error_event(failure, events))
    return "".join(encode(e) + "\n" for e in events)


def main():
    arguments = argparse.ArgumentParser(description="Expected events of every recorded exchange.")
    arguments.add_argument("recordings", nargs="?", type=Path,
                           default=HERE / "../../main/resources/io/github/ollamareactive/test/recordings")
    arguments.add_argument("expected", nargs="?", type=Path, default=HERE / "../resources/expected")
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 unless the files there are what this gives")
    options = arguments.parse_args()
    wanted = {p.name: expected(p).encode() for p in sorted(options.recordings.glob("*.jsonl"))}
    if not wanted:
        sys.exit(f"no recordings in {options.recordings}")
    if options.check:
        there = {p.name: p.read_bytes() for p in options.expected.glob("*.jsonl")}
        wrong = sorted(n for n in wanted.keys() | there.keys() if wanted.get(n) != there.get(n))
        for name in wrong:
            print(f"{options.expected / name}: not what the recording gives", file=sys.stderr)
        sys.exit(1 if wrong else 0)
    options.expected.mkdir(parents=True, exist_ok=True)
    for name, text in wanted.items():
        (options.expected / name).write_bytes(text)
    print(f"{len(wanted)} files in {options.expected}")


if __name__ == "__main__":
    main()
