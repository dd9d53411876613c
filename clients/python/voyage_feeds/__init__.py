"""Client of Voyage's feeds, with the standard library and cryptography: a verified copy by pull, stream or webhook."""
import base64
import hashlib
import hmac
import http.client
import json
import logging
import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import Future
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TIMEOUT_SECONDS, PAUSE_SECONDS, MAX_WAITS, MAX_AGE_SECONDS, MAX_BODY_BYTES = 60, 2, 10, 300, 16 << 20
# The platform waits 15 s for an answer.
WEBHOOK_SECONDS = 10
START_OF_CHAIN = "00" * 32
SCHEMES = {("whsec", "v1"), ("whpk", "v1a")}
OPERATIONS = {
    "created": "put", "present": "put", "entered-scope": "put", "restored": "put", "corrected": "put",
    "withdrawn": "delete", "left-scope": "delete", "reset": "reset", "checkpoint": "proof",
}
LOG = logging.getLogger("voyage_feeds")


class BrokenFeedError(Exception):
    """An event that does not fit the copy: a gap, other data than its digest says, a broken chain or signature."""


class FeedGapError(BrokenFeedError):
    """An event whose earlier ones are not in the copy."""


class FeedRefusedError(Exception):
    """An answer of the platform that is no success, with its `status`."""

    def __init__(self, status, text):
        super().__init__(f"{status} {text}")
        self.status = status


class TokenSource:
    """Source of tokens. It asks again after four fifths of a token's life; one thread asks at a time."""

    def __init__(self, request):
        """request: function that returns {"access_token": …, "expires_in": seconds}"""
        self._request, self._lock, self._token, self._renew_at = request, threading.Lock(), None, 0.0

    @staticmethod
    def fixed(token):
        return TokenSource(lambda: {"access_token": token})

    @staticmethod
    def of_client(endpoint, client_id, secret):
        """Client credentials. endpoint: address of the token endpoint"""
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}

        def request():
            return _read_json(urllib.request.Request(endpoint, urllib.parse.urlencode(form).encode()), TIMEOUT_SECONDS)

        return TokenSource(request)

    def get(self):
        with self._lock:
            if self._token is None or time.monotonic() >= self._renew_at:
                answer = self._request()
                self._token = answer["access_token"]
                self._renew_at = time.monotonic() + 0.8 * float(answer.get("expires_in", "inf"))
            return self._token

    def forget(self, token):
        """Forgets a token that was refused."""
        with self._lock:
            if self._token == token:
                self._token = None


class FeedCopy:
    """Copy of the records of a feed. Position, chain and records are one file, which is replaced as a whole."""

    def __init__(self, folder):
        """folder: gets the file copy.json"""
        self.file = Path(folder, "copy.json")
        kept = json.loads(self.file.read_bytes()) if self.file.exists() else {}
        self.position = kept.get("position")
        # Empty after a snapshot, until the next event states it.
        self.chain = kept.get("chain", START_OF_CHAIN)
        self.records = kept.get("records", {})
        self._is_changed = False

    def place(self, event):
        """Returns "past", "next" or "gap": the copy has the event, lacks only it, or lacks earlier ones."""
        (epoch, sequence), (last_epoch, last) = (map(int, each.split("-")) for each in (event["id"], self.position or "0-0"))
        if (epoch, sequence) <= (last_epoch, last):
            return "past"
        return "next" if sequence == 1 or (epoch, sequence) == (last_epoch, last + 1) else "gap"

    def accept(self, event, keys):
        """Verifies and applies the next event; returns False for one that the copy has. Raises BrokenFeedError."""
        place = self.place(event)
        if place == "gap":
            raise FeedGapError(f"a gap: after {self.position or 'nothing'} comes {event['id']}")
        if place == "past":
            return False
        self.chain = _verify_event(event, START_OF_CHAIN if event["id"].endswith("-0000000000000001") else self.chain, keys)
        self.position, self._is_changed = event["id"], True
        data, op = event["data"], _op_of(event)
        if op == "put":
            self.records[data["record"]] = data["state"]
        elif op == "delete":
            self.records.pop(data.get("record", event.get("subject")), None)
        elif op == "reset":
            self.records.clear()
        return True

    def start_from(self, position, records):
        """Starts again from all records at a position."""
        self.position, self.records, self.chain, self._is_changed = position, records, "", True

    def save(self):
        """Replaces the file after the new one is on the disk. Without a change it does nothing."""
        if not self._is_changed:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        kept = {"position": self.position, "chain": self.chain, "records": self.records}
        with open(f"{self.file}.new", "w", encoding="utf-8") as new:
            json.dump({name: value for name, value in kept.items() if value is not None}, new, ensure_ascii=False)
            new.flush()
            os.fsync(new.fileno())
        for tries in range(1, 11):
            try:
                os.replace(f"{self.file}.new", self.file)
                break
            except OSError:
                # Windows replaces no file that another program reads.
                if tries == 10:
                    raise
                time.sleep(0.1)
        self._is_changed = False


class FeedClient:
    """Reader of one feed into a copy. One thread changes the copy at a time."""

    def __init__(self, url, feed, tokens, copy, page_events=1000, timeout=TIMEOUT_SECONDS):
        """timeout: longest seconds of a whole answer, and of a stream without a heartbeat"""
        self.url, self.path, self.tokens, self.copy, self.page_events = url, f"/v1/feeds/{feed}", tokens, copy, page_events
        self.timeout, self.keys, self._lock = timeout, {}, threading.RLock()

    def pull(self):
        """Pulls, verifies and stores until nothing is new. Returns the number of new events."""
        accepted = 0
        with self._lock:
            while (events := self._read_page()) != []:
                if events is None:
                    self._start_again()
                else:
                    accepted += self.accept(events)
        return accepted

    def follow(self):
        """Pulls, then follows the stream, and again after a break. It ends only with an error."""
        while True:
            try:
                self.pull()
                self._read_stream()
            except (OSError, http.client.HTTPException, FeedRefusedError) as error:
                if getattr(error, "status", None) in (400, 401, 403, 404):
                    raise
                LOG.info("the stream broke off: %s", error)
            time.sleep(PAUSE_SECONDS)

    def read_snapshot(self):
        """Returns the position and all records by their names."""
        records, cursor = {}, ""
        while True:
            page = self._get(f"{self.path}/snapshot?limit=1000{cursor}")
            records.update((item["record"], item["state"]) for item in page["items"])
            if not page.get("next"):
                return page["position"], records
            cursor = "&cursor=" + urllib.parse.quote(page["next"], safe="")

    def accept(self, events):
        """Verifies and stores events in their order. Returns the number of new ones."""
        with self._lock:
            if any(event["data"].get("keyId", "") not in {"", *self.keys} for event in events):
                published = self._get("/.well-known/voyage-feeds-keys")["keys"]
                self.keys = {key["kid"]: base64.urlsafe_b64decode(key["x"] + "=") for key in published}
            accepted = sum(self.copy.accept(event, self.keys) for event in events)
            self.copy.save()
            return accepted

    def _read_page(self):
        """Returns the next events; None when they are no longer kept."""
        after = f"&after={self.copy.position}" if self.copy.position else ""
        try:
            events = self._get(f"{self.path}/events?limit={self.page_events}{after}")
        except FeedRefusedError as error:
            if error.status != 410:
                raise
            return None
        return events if after or not events or self.copy.place(events[0]) == "next" else None

    def _start_again(self):
        position, records = self.read_snapshot()
        LOG.info("events after %s are no longer kept: the copy starts again from the snapshot at %s, %d records",
                 self.copy.position or "the beginning", position, len(records))
        self.copy.start_from(position, records)
        self.copy.save()

    def _read_stream(self):
        headers = {"Last-Event-ID": self.copy.position} if self.copy.position else {}
        with self._request(_open, f"{self.path}/stream", headers) as answer:
            rest = b""
            while part := answer.read1(1 << 16):
                *lines, rest = (rest + part).split(b"\n")
                events = [json.loads(line[5:]) for line in lines if line.startswith(b"data:")]
                self.accept([event for event in events if "sequence" in event])

    def _get(self, path):
        return self._request(_read_json, path, {})

    def _request(self, send, path, headers):
        """Sends a request: once with a new token after 401, and again after 429, 502, 503 and 504 as Retry-After says."""
        is_renewed = False
        waits = 0
        while True:
            token = self.tokens.get()
            try:
                request = urllib.request.Request(self.url + path, headers={**headers, "Authorization": f"Bearer {token}"})
                return send(request, self.timeout)
            except FeedRefusedError as error:
                if error.status == 401 and not is_renewed:
                    is_renewed = True
                    self.tokens.forget(token)
                elif error.status in (429, 502, 503, 504) and waits < MAX_WAITS:
                    waits += 1
                    after = error.__cause__.headers.get("Retry-After", "")
                    time.sleep(int(after) if after.isdigit() else 5)
                else:
                    raise


class WebhookReceiver:
    """Receiver of the webhooks of one feed. It answers 2xx only to events that are in the file of the copy."""

    def __init__(self, client, keys_file):
        """keys_file: keys, one on a line; it is read at each request"""
        self.client, self.keys_file = client, keys_file

    def handle(self, headers, body):
        """Handles one request. Returns status and text of the answer. headers: mapping with names in small letters"""
        try:
            if not self.is_signed(headers, body):
                return 401, "not signed by a key of this receiver"
            content = json.loads(body)
            if isinstance(content, dict) and content["type"] == "org.voyage.feed.endpoint-challenge.v1":
                return 200, json.dumps({"token": content["data"]["token"]})
            events = [event for event in (content if isinstance(content, list) else [content]) if "sequence" in event]
            self._store(events)
            return 200, f"{len(events)} events"
        except (BrokenFeedError, ValueError, KeyError, TypeError, AttributeError) as error:
            return 422, str(error)
        except (OSError, http.client.HTTPException, FeedRefusedError) as error:
            return 503, str(error)

    def _store(self, events):
        """Stores events. Where earlier ones are missing, it pulls these and all that follow, which goes on after a 503."""
        done = Future()
        thread = threading.Thread(target=self._accept_or_pull, args=(events, done), daemon=True)
        thread.start()
        thread.join(WEBHOOK_SECONDS)
        if thread.is_alive():
            raise TimeoutError("earlier events are being pulled")
        done.result()

    def _accept_or_pull(self, events, done):
        try:
            try:
                self.client.accept(events)
            except FeedGapError:
                self.client.pull()
                self.client.accept(events)
            done.set_result(None)
        except Exception as error:
            done.set_exception(error)

    def is_signed(self, headers, body, now=None):
        """Returns whether one of the keys has signed a request of the last five minutes (Standard Webhooks)."""
        moment = headers.get("webhook-timestamp", "")
        if not moment.isdigit() or abs((time.time() if now is None else now) - int(moment)) > MAX_AGE_SECONDS:
            return False
        signed = f"{headers.get('webhook-id', '')}.{moment}.".encode() + body
        for key in Path(self.keys_file).read_text().split():
            for signature in headers.get("webhook-signature", "").split():
                (kind, _, secret), (version, _, given) = key.partition("_"), signature.partition(",")
                if (kind, version) in SCHEMES and _is_signed_by(kind, secret, given, signed):
                    return True
        return False

    def listen(self, port):
        """Listens on this machine only; a proxy in front of it ends TLS."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = max(0, int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, text = (413, "too large") if length > MAX_BODY_BYTES else receiver.handle(headers, self.rfile.read(length))
                self.send_response(status)
                self.send_header("Content-Type", "application/json" if text.startswith("{") else "text/plain; charset=UTF-8")
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())
                copy = receiver.client.copy
                LOG.info("%d %s, %d records, verified up to %s", status, text, len(copy.records), copy.position or "nothing")

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        LOG.info("listening at http://127.0.0.1:%d/", server.server_port)
        server.serve_forever()


def canonicalize(value):
    """Returns canonical JSON (RFC 8785)."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{canonicalize(name)}:{canonicalize(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonicalize, value)) + "]"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # The shortest digits, as JavaScript writes them: an exponent for very large and very small numbers only.
        digits = repr(float(value or 0))
        if value == 0 or 1e-6 <= abs(value) < 1e21:
            return f"{Decimal(digits):f}".removesuffix(".0")
        return digits.replace("e-0", "e-")
    return json.dumps(value, ensure_ascii=False)


def _verify_event(event, before, keys):
    """Returns the chain after an event. before: chain before it; empty where it is not known"""
    name, data = event["id"], event["data"]
    digest = hashlib.sha256(canonicalize(data).encode()).hexdigest()
    _require(data.get("withheld") or event["digest"] == f"sha256:{digest}", f"the data of {name} do not match their digest")
    op = _op_of(event)
    _require(op and event.get("op", op) == op and (op == "put") == ("state" in data), f"the op of {name} does not fit its data")
    is_checkpoint = data.get("kind") == "checkpoint"
    start = before or (data["chain"][7:] if is_checkpoint else "")
    after = hashlib.sha256(bytes.fromhex(start) + name.encode() + bytes.fromhex(event["digest"][7:])).hexdigest()
    if not start:
        after = event["chain"][7:]
    _require(event["chain"] == f"sha256:{after}", f"the chain breaks at {name}")
    if is_checkpoint:
        _require(data["chain"] == f"sha256:{start}", f"checkpoint {name} signs another chain")
        feed = event["source"].rpartition("/")[2]
        note = f"voyage-feed\n{feed}\n{data['epoch']}\n{data['sequence']}\n{start}\n{data['time']}\n".encode()
        is_signed = data["keyId"] in keys and _has_signed(keys[data["keyId"]], base64.b64decode(data["signature"]), note)
        _require(is_signed, f"the signature of checkpoint {name} does not hold")
    return after


def _op_of(event):
    """Returns the operation of an event by its data. Neither digest nor chain covers op; release 0.2.0 did not send it."""
    return "delete" if event["data"].get("withheld") else OPERATIONS.get(event["data"].get("kind"))


def _is_signed_by(kind, secret, given, signed):
    """Returns whether a key has signed a text. A text that is no key or no signature has signed nothing."""
    try:
        secret, given = base64.b64decode(secret), base64.b64decode(given)
        if kind == "whpk":
            return _has_signed(secret, given, signed)
        return hmac.compare_digest(hmac.digest(secret, signed, "sha256"), given)
    except ValueError:
        return False


def _require(holds, otherwise):
    if not holds:
        raise BrokenFeedError(otherwise)


def _has_signed(key, signature, signed):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
        return True
    except InvalidSignature:
        return False


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: another host gets no token."""

    def redirect_request(self, *_):
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def _open(request, timeout):
    try:
        return _OPENER.open(request, timeout=timeout)
    except urllib.error.HTTPError as error:
        raise FeedRefusedError(error.code, _read(error, timeout).decode(errors="replace")) from error


def _read_json(request, timeout):
    with _open(request, timeout) as answer:
        return json.loads(_read(answer, timeout))


def _read(answer, timeout):
    """Reads a whole body. The timeout of a socket is for each piece."""
    until, parts = time.monotonic() + timeout, []
    while part := answer.read1(1 << 16):
        parts.append(part)
        if time.monotonic() > until:
            raise TimeoutError("the answer is too slow")
    if answer.length:
        raise http.client.IncompleteRead(b"".join(parts), answer.length)
    return b"".join(parts)
