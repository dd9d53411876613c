/** Client of Voyage's feeds, without dependencies: a verified copy by pull, stream or webhook. */
import { createHash, createHmac, createPublicKey, timingSafeEqual, verify } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const [TIMEOUT_MILLIS, PAUSE_MILLIS, MAX_WAITS, MAX_AGE_SECONDS, MAX_BODY_BYTES] = [60_000, 2000, 10, 300, 16 << 20];
/** The platform waits 15 s for an answer. */
const WEBHOOK_MILLIS = 10_000;
const START_OF_CHAIN = "00".repeat(32);
/** Operation of each kind of event. */
const OPERATIONS = {
  __proto__: null,
  created: "put", present: "put", "entered-scope": "put", restored: "put", corrected: "put",
  withdrawn: "delete", "left-scope": "delete", reset: "reset", checkpoint: "proof",
};

/** An event that does not fit the copy: a gap, other data than its digest says, a broken chain or signature. */
export class BrokenFeedError extends Error {}

/** An event whose earlier ones are not in the copy. */
export class FeedGapError extends BrokenFeedError {}

/** An answer of the platform that is no success, with its `status`. */
export class FeedRefusedError extends Error {}

/** Source of tokens. It asks again after four fifths of a token's life; callers share one request. */
export class TokenSource {
  /** @param {() => Promise<{access_token: string, expires_in?: number}>} request asks for a token */
  constructor(request) {
    this.request = request;
  }

  static fixed(token) {
    return new TokenSource(async () => ({ access_token: token }));
  }

  /** Client credentials. @param {string} endpoint address of the token endpoint */
  static ofClient(endpoint, id, secret) {
    const form = { grant_type: "client_credentials", client_id: id, client_secret: secret };
    const options = { method: "POST", body: new URLSearchParams(form) };
    return new TokenSource(async () => (await requireOk(await send(endpoint, options))).json());
  }

  /** @returns {Promise<string>} */
  get() {
    if (!this.asked || Date.now() >= this.renewAt) {
      this.renewAt = Infinity;
      this.asked = this.request().then(answer => {
        this.renewAt = Date.now() + 800 * (answer.expires_in ?? Infinity);
        return answer.access_token;
      });
      this.asked.catch(() => (this.asked = undefined));
    }
    return this.asked;
  }

  /** Forgets a token that was refused. */
  async forget(token) {
    if ((await this.asked) === token) this.asked = undefined;
  }
}

/** Copy of the records of a feed. Position, chain and records are one file, which is replaced as a whole. */
export class FeedCopy {
  /** @param {string} folder gets the file copy.json */
  constructor(folder) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, "copy.json");
    const kept = existsSync(this.file) ? JSON.parse(readFileSync(this.file, "utf8")) : {};
    /** @type {string | undefined} id of the last event in the copy */
    this.position = kept.position;
    /** Chain after that event; empty after a snapshot, until the next event states it. */
    this.chain = kept.chain ?? START_OF_CHAIN;
    /** @type {Map<string, object>} state of each record, by its name */
    this.records = new Map(Object.entries(kept.records ?? {}));
    this.isChanged = false;
  }

  /** @returns {"past" | "next" | "gap"} whether the copy has an event, lacks only it, or lacks earlier ones */
  place({ id }) {
    requireProof(/^\d{1,9}-\d{1,16}$/.test(id), `not a position: ${id}`);
    const [[epoch, sequence], [lastEpoch, last]] = [id, this.position ?? "0-0"].map(each => each.split("-").map(Number));
    if (epoch < lastEpoch || (epoch === lastEpoch && sequence <= last)) return "past";
    return sequence === 1 || (epoch === lastEpoch && sequence === last + 1) ? "next" : "gap";
  }

  /** Verifies and applies the next event. @returns {boolean} false for one that the copy has @throws {BrokenFeedError} */
  accept(event, keys) {
    const place = this.place(event);
    if (place === "gap") throw new FeedGapError(`a gap: after ${this.position ?? "nothing"} comes ${event.id}`);
    if (place === "past") return false;
    const { chain, op, record } = verifyEvent(event, event.id.endsWith("-0000000000000001") ? START_OF_CHAIN : this.chain, keys);
    Object.assign(this, { chain, position: event.id, isChanged: true });
    if (op === "put") this.records.set(record, event.data.state);
    else if (op === "delete") this.records.delete(record);
    else if (op === "reset") this.records.clear();
    return true;
  }

  /** Starts again from all records at a position. */
  startFrom(position, records) {
    Object.assign(this, { position, records, chain: "", isChanged: true });
  }

  /** Replaces the file after the new one is on the disk. Without a change it does nothing. */
  save() {
    if (!this.isChanged) return;
    const [next, { position, chain, records }] = [openSync(`${this.file}.new`, "w"), this];
    writeFileSync(next, JSON.stringify({ position, chain, records: Object.fromEntries(records) }));
    fsyncSync(next);
    closeSync(next);
    for (let tries = 1; this.isChanged; tries++) {
      try {
        renameSync(`${this.file}.new`, this.file);
        this.isChanged = false;
      } catch (error) {
        // Windows replaces no file that another program reads.
        if (tries === 10) throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      }
    }
  }
}

/** Reader of one feed into a copy. One pull or batch changes the copy at a time. */
export class FeedClient {
  /**
   * timeout: longest seconds of a whole answer, and of a stream without a heartbeat
   * @param {string} url of the platform @param {string} feed id @param {TokenSource} tokens @param {FeedCopy} copy
   */
  constructor(url, feed, tokens, copy, { pageEvents = 1000, timeout = 60, log = console.log } = {}) {
    Object.assign(this, { url, path: `/v1/feeds/${feed}`, tokens, copy, pageEvents, log, keys: new Map(), turn: Promise.resolve() });
    this.timeoutMillis = 1000 * timeout;
  }

  /** Pulls, verifies and stores until nothing is new. @returns {Promise<number>} number of new events */
  pull() {
    return this.takeTurn(async () => {
      for (let accepted = 0; ; ) {
        const events = await this.readPage();
        if (!events) await this.startAgain();
        else if (events.length === 0) return accepted;
        else accepted += await this.store(events);
      }
    });
  }

  /** Pulls, then follows the stream, and again after a break. It ends only with an error. */
  async follow() {
    for (;;) {
      try {
        await this.pull();
        await this.readStream();
      } catch (error) {
        if (error instanceof BrokenFeedError || [400, 401, 403, 404].includes(error.status)) throw error;
        this.log(`the stream broke off: ${error.message}`);
      }
      await sleep(PAUSE_MILLIS);
    }
  }

  /** Reads all records. @returns {Promise<{position: string, records: Map<string, object>}>} */
  async readSnapshot() {
    const records = new Map();
    for (let cursor = ""; ; ) {
      const page = await (await this.request(`${this.path}/snapshot?limit=1000${cursor}`)).json();
      page.items.forEach(item => records.set(item.record, item.state));
      if (!page.next) return { position: page.position, records };
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }
  }

  /** Verifies and stores events in their order. @returns {Promise<number>} number of new ones */
  accept(events) {
    return this.takeTurn(() => this.store(events));
  }

  takeTurn(task) {
    const done = this.turn.then(task);
    this.turn = done.catch(() => {});
    return done;
  }

  async store(events) {
    if (events.some(({ data }) => data?.keyId && !this.keys.has(data.keyId))) {
      const { keys } = await (await this.request("/.well-known/voyage-feeds-keys")).json();
      this.keys = new Map(keys.map(key => [key.kid, key.x]));
    }
    const accepted = events.filter(event => this.copy.accept(event, this.keys)).length;
    this.copy.save();
    return accepted;
  }

  /** Returns the next events; undefined when they are no longer kept. */
  async readPage() {
    const after = this.copy.position ? `&after=${this.copy.position}` : "";
    try {
      const events = await (await this.request(`${this.path}/events?limit=${this.pageEvents}${after}`)).json();
      return after || events.length === 0 || this.copy.place(events[0]) === "next" ? events : undefined;
    } catch (error) {
      if (error.status !== 410) throw error;
    }
  }

  async startAgain() {
    const { position, records } = await this.readSnapshot();
    this.log(`events after ${this.copy.position ?? "the beginning"} are no longer kept:`
      + ` the copy starts again from the snapshot at ${position}, ${records.size} records`);
    this.copy.startFrom(position, records);
    this.copy.save();
  }

  async readStream() {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(new Error("no heartbeat")), this.timeoutMillis);
    try {
      const headers = this.copy.position ? { "Last-Event-ID": this.copy.position } : {};
      const { body } = await this.request(`${this.path}/stream`, headers, silence.signal);
      let rest = "";
      for await (const text of body.pipeThrough(new TextDecoderStream())) {
        timer.refresh();
        const lines = (rest + text).split("\n");
        rest = lines.pop();
        const data = lines.filter(line => line.startsWith("data:")).map(line => JSON.parse(line.slice(5)));
        await this.accept(data.filter(event => event.sequence));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends a request: once with a new token after 401, and again after 429, 502, 503 and 504 as Retry-After says. */
  async request(path, headers = {}, signal = undefined) {
    for (let waits = 0, isRenewed = false; ; ) {
      const token = await this.tokens.get();
      const options = { headers: { ...headers, Authorization: `Bearer ${token}` } };
      const answer = await send(this.url + path, options, signal ?? AbortSignal.timeout(this.timeoutMillis));
      if (answer.status === 401 && !isRenewed) {
        isRenewed = true;
        await Promise.all([answer.body.cancel(), this.tokens.forget(token)]);
      } else if ([429, 502, 503, 504].includes(answer.status) && waits++ < MAX_WAITS) {
        await answer.body.cancel();
        const seconds = answer.headers.get("Retry-After");
        await sleep(/^\d{1,6}$/.test(seconds) ? 1000 * seconds : 5000);
      } else {
        return requireOk(answer);
      }
    }
  }
}

/** Receiver of the webhooks of one feed. It answers 2xx only to events that are in the file of the copy. */
export class WebhookReceiver {
  /** @param {FeedClient} client @param {string} keysFile keys, one on a line; it is read at each request */
  constructor(client, keysFile) {
    Object.assign(this, { client, keysFile });
  }

  /** Handles one request. @param {Record<string, string>} headers in small letters @param {Buffer} body */
  async handle(headers, body) {
    try {
      if (!this.isSigned(headers, body)) return { status: 401, text: "not signed by a key of this receiver" };
      const content = JSON.parse(body.toString("utf8"));
      requireProof([content].flat().every(event => typeof event?.type === "string"), "not an event");
      if (content.type === "org.voyage.feed.endpoint-challenge.v1") {
        requireProof(typeof content.data?.token === "string", "a challenge without a token");
        return { status: 200, text: JSON.stringify({ token: content.data.token }) };
      }
      // A test event has no number.
      const events = [content].flat().filter(event => event.sequence !== undefined);
      await this.store(events);
      return { status: 200, text: `${events.length} events` };
    } catch (error) {
      const isRefused = error instanceof BrokenFeedError || error instanceof SyntaxError;
      return { status: isRefused ? 422 : 503, text: error.message };
    }
  }

  /** Stores events. Where earlier ones are missing, it pulls these and all that follow, which goes on after a 503. */
  async store(events) {
    const late = new AbortController();
    const stored = this.client.accept(events).catch(async error => {
      if (!(error instanceof FeedGapError)) throw error;
      await this.client.pull();
      return this.client.accept(events);
    });
    const limit = sleep(WEBHOOK_MILLIS, undefined, { signal: late.signal }).then(() => {
      throw new Error("earlier events are being pulled");
    });
    await Promise.race([stored, limit]).finally(() => late.abort());
  }

  /** Whether one of the keys has signed a request of the last five minutes (Standard Webhooks). */
  isSigned(headers, body, now = Date.now()) {
    const [id, time] = [headers["webhook-id"], headers["webhook-timestamp"]];
    if (!(Math.abs(now / 1000 - time) <= MAX_AGE_SECONDS)) return false;
    const signed = Buffer.concat([Buffer.from(`${id}.${time}.`), body]);
    const signatures = String(headers["webhook-signature"]).split(" ").map(each => each.split(","));
    const keys = readFileSync(this.keysFile, "utf8").split(/\s+/).map(key => key.split("_"));
    return keys.some(([kind, key = ""]) => signatures.some(([version, signature = ""]) => {
      const [bytes, given] = [Buffer.from(key, "base64"), Buffer.from(signature, "base64")];
      if (kind === "whpk" && version === "v1a") return hasSigned(bytes.toString("base64url"), given, signed);
      if (kind !== "whsec" || version !== "v1") return false;
      const expected = createHmac("sha256", bytes).update(signed).digest();
      return given.length === expected.length && timingSafeEqual(given, expected);
    }));
  }

  /** Listens on this machine only; a proxy in front of it ends TLS. */
  listen(port) {
    const { log, copy } = this.client;
    return createServer(async (request, response) => {
      try {
        const parts = [];
        let bytes = 0;
        for await (const part of request) if ((bytes += part.length) <= MAX_BODY_BYTES) parts.push(part);
        const isTooLarge = bytes > MAX_BODY_BYTES;
        const { status, text } = isTooLarge ? { status: 413, text: "too large" } : await this.handle(request.headers, Buffer.concat(parts));
        response.writeHead(status, { "Content-Type": text.startsWith("{") ? "application/json" : "text/plain" }).end(text);
        log(`${status} ${text}, ${copy.records.size} records, verified up to ${copy.position ?? "nothing"}`);
      } catch (error) {
        log(`a request broke off: ${error.message}`);
        response.destroy();
      }
    }).listen(port, "127.0.0.1", () => log(`listening at http://127.0.0.1:${port}/`));
  }
}

/** Returns canonical JSON (RFC 8785). JavaScript writes numbers and texts so; names are in the order of UTF-16 units. */
export function canonicalize(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalize).join()}]`;
  return `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${canonicalize(value[name])}`).join()}}`;
}

/** Returns chain, operation and record after an event. @param {string} before chain before it; empty where it is not known */
function verifyEvent({ id, op, data, source, subject, digest, chain }, before, keys) {
  const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");
  requireProof(data && [digest, chain].every(isHash), `${id} has no data, digest or chain`);
  const isWithheld = data.withheld === true;
  requireProof(isWithheld || digest === `sha256:${sha256(canonicalize(data))}`, `the data of ${id} do not match their digest`);
  // Neither digest nor chain covers op; release 0.2.0 did not send it.
  const expected = isWithheld ? "delete" : OPERATIONS[data.kind];
  const record = isWithheld ? subject : data.record;
  requireProof(expected && (op ?? expected) === expected, `the op of ${id} does not fit its data`);
  requireProof((expected === "put") === (data.state !== undefined), `the op of ${id} does not fit its data`);
  requireProof(!["put", "delete"].includes(expected) || typeof record === "string", `${id} names no record`);
  const isCheckpoint = expected === "proof";
  requireProof(!isCheckpoint || isHash(data.chain), `checkpoint ${id} has no chain`);
  const start = before || (isCheckpoint ? data.chain.slice(7) : "");
  const after = start ? sha256(Buffer.from(start, "hex"), id, Buffer.from(digest.slice(7), "hex")) : chain.slice(7);
  requireProof(chain === `sha256:${after}`, `the chain breaks at ${id}`);
  if (isCheckpoint) {
    requireProof(data.chain === `sha256:${start}`, `checkpoint ${id} signs another chain`);
    const note = ["voyage-feed", `${source}`.split("/").pop(), data.epoch, data.sequence, start, data.time, ""].join("\n");
    const isSigned = hasSigned(keys.get(data.keyId), Buffer.from(`${data.signature}`, "base64"), Buffer.from(note));
    requireProof(isSigned, `the signature of checkpoint ${id} does not hold`);
  }
  return { chain: after, op: expected, record };
}

function isHash(text) {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

/** Whether an Ed25519 key has signed a text. What is no key has signed nothing. @param {string} key 32 bytes in Base64url */
function hasSigned(key, signature, signed) {
  try {
    return verify(null, signed, createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key }, format: "jwk" }), signature);
  } catch {
    return false;
  }
}

function requireProof(holds, otherwise) {
  if (!holds) throw new BrokenFeedError(otherwise);
}

async function requireOk(answer) {
  if (answer.ok) return answer;
  throw Object.assign(new FeedRefusedError(`${answer.status} ${await answer.text()}`), { status: answer.status });
}

/** Sends a request. A redirect is an answer: another host gets no token. */
function send(url, options, signal = AbortSignal.timeout(TIMEOUT_MILLIS)) {
  return fetch(url, { ...options, signal, redirect: "manual" });
}
