// Sample receiver of a Voyage feed: gets the events, verifies them, and keeps a copy of the records.
//
//   node receiver.mjs URL FEED TOKEN [FOLDER]                 pulls until there is nothing new, prints the copy's size
//   node receiver.mjs --listen PORT URL FEED TOKEN FOLDER     receives webhooks at http://127.0.0.1:PORT/
//   --page N                                                  pulls N events at a time, 1000 without it
//
// It verifies numbers without gap; the digest of the data (SHA-256 over canonical JSON, RFC 8785); the
// chain over all events; the signature of each checkpoint; with webhooks also the signature of each request, by the keys in
// the file FOLDER/keys. Position and copy are one file, written as a whole, so that a kill at any moment loses nothing and
// doubles nothing.
import { createHash, createPublicKey, verify } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import canonicalize from "canonicalize";
import { Webhook } from "standardwebhooks";

const NO_HASH = Buffer.alloc(32);
const CHALLENGE_TYPE = "org.voyage.feed.endpoint-challenge.v1";
const MAX_BODY_BYTES = 16 * 1024 * 1024;
const MAX_AGE_SECONDS = 300;
/** How long events wait for earlier ones before these are pulled. */
const GAP_MILLIS = 5000;

/** A copy of the records of a feed, with the position up to which it is complete. */
export class FeedCopy {
  constructor(folder) {
    this.file = join(folder, "copy.json");
    mkdirSync(folder, { recursive: true });
    const kept = existsSync(this.file) ? JSON.parse(readFileSync(this.file, "utf8")) : { records: {} };
    this.position = kept.position;
    /** Empty while it is not known: after a snapshot until the next event. */
    this.chain = kept.chain === undefined ? NO_HASH : Buffer.from(kept.chain, "hex");
    this.records = new Map(Object.entries(kept.records));
    /** Events that came before earlier ones, by id. */
    this.waiting = new Map(Object.entries(kept.waiting ?? {}));
    this.isSaved = true;
  }

  /** Starts again from all records at a position. */
  startFrom(position, records) {
    this.records = records;
    this.position = position;
    this.chain = Buffer.alloc(0);
    this.isSaved = false;
  }

  /** Applies one event that was verified. A repeat of an event that is part of the copy changes nothing. */
  apply(event) {
    const data = event.data;
    if (data.kind === "reset") {
      this.records.clear();
    } else if (data.kind === "withdrawn" || data.kind === "left-scope") {
      this.records.delete(data.record);
    } else if (data.withheld) {
      // The grant no longer allows these data: what an earlier event said of the record goes too.
      this.records.delete(event.subject);
    } else if (data.state) {
      this.records.set(data.record, data.state);
    }
    this.isSaved = false;
  }

  /** Whether an event is part of the copy already. */
  isPast(event) {
    const [epoch, sequence] = this.place();
    return Number(event.epoch) < epoch || (Number(event.epoch) === epoch && Number(event.sequence) <= sequence);
  }

  /** Whether an event is the next one. */
  isNext(event) {
    const [epoch, sequence] = this.place();
    return Number(event.epoch) === epoch
      ? Number(event.sequence) === sequence + 1
      : Number(event.epoch) > epoch && Number(event.sequence) === 1;
  }

  /** Epoch and sequence of the last event; of nothing before the first. */
  place() {
    return this.position ? this.position.split("-").map(Number) : [0, 0];
  }

  /** Writes copy and position as a whole: a new file, flushed, then renamed over the old one. */
  save() {
    if (this.isSaved) {
      return;
    }
    const next = this.file + ".new";
    const out = openSync(next, "w");
    writeSync(out, JSON.stringify({
      position: this.position,
      chain: this.chain.toString("hex"),
      records: Object.fromEntries(this.records),
      waiting: Object.fromEntries(this.waiting),
    }));
    fsyncSync(out);
    closeSync(out);
    renameSync(next, this.file);
    this.isSaved = true;
  }
}

/** Verifies the events of a copy. */
export class FeedVerifier {
  constructor(copy, keys) {
    this.copy = copy;
    this.keys = keys;
  }

  /**
   * Verifies the next event, and applies it to the copy. Throws for anything that does not fit. After a snapshot the first
   * event states the chain; each checkpoint then proves it.
   */
  accept(event) {
    const copy = this.copy;
    if (copy.isPast(event)) {
      return false;
    }
    if (!copy.isNext(event)) {
      throw new Error(`gap: after ${copy.position} comes ${event.id}`);
    }
    this.verifyDigest(event);
    const before = this.findChainBefore(event);
    const chain = before
      ? createHash("sha256").update(before).update(event.id).update(fromHash(event.digest)).digest()
      : fromHash(event.chain);
    if (`sha256:${chain.toString("hex")}` !== event.chain) {
      throw new Error(`the chain breaks at ${event.id}`);
    }
    if (event.data.kind === "checkpoint") {
      this.verifyCheckpoint(event, before);
    }
    copy.position = event.id;
    copy.chain = chain;
    copy.apply(event);
    return true;
  }

  /** Finds the chain before an event; it is not known after a snapshot, unless the event states it. */
  findChainBefore(event) {
    if (Number(event.sequence) === 1) {
      return NO_HASH;
    }
    if (this.copy.chain.length > 0) {
      return this.copy.chain;
    }
    return event.data.kind === "checkpoint" ? fromHash(event.data.chain) : undefined;
  }

  /** Takes an event that may come before earlier ones, as webhooks do: it waits in the copy until these are there. */
  acceptInAnyOrder(event) {
    const copy = this.copy;
    this.verifyDigest(event);
    if (copy.isPast(event)) {
      return;
    }
    copy.waiting.set(event.id, event);
    copy.isSaved = false;
    this.acceptWaiting();
  }

  /** Accepts the waiting events whose earlier ones are there by now. */
  acceptWaiting() {
    for (let next = this.findNext(); next; next = this.findNext()) {
      // One that breaks the chain is not kept: the one that comes again may be sound.
      this.copy.waiting.delete(next.id);
      this.accept(next);
    }
  }

  /** Finds a waiting event that is the next one; those that are part of the copy by now are forgotten. */
  findNext() {
    const waiting = this.copy.waiting;
    [...waiting.values()].filter(event => this.copy.isPast(event)).forEach(event => waiting.delete(event.id));
    return [...waiting.values()].find(event => this.copy.isNext(event));
  }

  verifyDigest(event) {
    if (event.data.withheld) {
      return;
    }
    const digest = createHash("sha256").update(canonicalize(event.data)).digest();
    if (`sha256:${digest.toString("hex")}` !== event.digest) {
      throw new Error(`the data of ${event.id} do not match their digest`);
    }
  }

  verifyCheckpoint(event, chainBefore) {
    const { epoch, sequence, chain, time, keyId, signature } = event.data;
    const feed = event.source.split("/").pop();
    if (chain !== `sha256:${chainBefore.toString("hex")}`) {
      throw new Error(`checkpoint ${event.id} signs another chain`);
    }
    const key = this.keys.get(keyId);
    const note = `voyage-feed\n${feed}\n${epoch}\n${sequence}\n${chainBefore.toString("hex")}\n${time}\n`;
    if (!key || !verify(null, Buffer.from(note), key, Buffer.from(signature, "base64"))) {
      throw new Error(`the signature of checkpoint ${event.id} does not hold`);
    }
  }
}

/** Reads the public keys of the platform. */
export async function readKeys(url) {
  const answer = await fetch(`${url}/.well-known/voyage-feeds-keys`);
  const { keys } = await answer.json();
  return new Map(keys.map(key => [key.kid, toEd25519Key(key.x)]));
}

function toEd25519Key(x) {
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

function fromHash(text) {
  return Buffer.from(text.slice("sha256:".length), "hex");
}

/** Gets an answer of the platform as JSON. An error has the status of another answer. */
async function get(address, token) {
  const answer = await fetch(address, { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) {
    throw Object.assign(new Error(`${answer.status} ${await answer.text()}`), { status: answer.status });
  }
  return answer.json();
}

/** Starts a copy again from a snapshot of all records, because the events that follow it are no longer kept. */
async function startAgain(url, feed, token, copy) {
  const records = new Map();
  let cursor = "";
  let page;
  do {
    page = await get(`${url}/v1/feeds/${feed}/snapshot?limit=1000${cursor}`, token);
    page.items.forEach(item => records.set(item.record, item.state));
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  } while (page.next);
  console.log(`${copy.position ? `the events after ${copy.position}` : "the first events"} are no longer kept: `
    + `the copy starts again from the snapshot at ${page.position}, ${records.size} records`);
  copy.startFrom(page.position, records);
  copy.save();
}

/** Pulls until there is nothing new. Returns the number of events that were new. */
export async function pullAll(url, feed, token, copy, verifier, page) {
  const readPage = () => get(
    `${url}/v1/feeds/${feed}/events?limit=${page}${copy.position ? `&after=${copy.position}` : ""}`, token);
  let accepted = 0;
  let events = await readPage().catch(error => {
    if (error.status !== 410) {
      throw error;
    }
  });
  if (!events || (!copy.position && events.length > 0 && !copy.isNext(events[0]))) {
    await startAgain(url, feed, token, copy);
    events = await readPage();
  }
  for (;; events = await readPage()) {
    if (events.length === 0) {
      return accepted;
    }
    accepted += events.filter(event => verifier.accept(event)).length;
    copy.save();
  }
}

/**
 * Whether a request is signed by one of the keys (Standard Webhooks): `whsec_…` is HMAC, which the public library verifies;
 * `whpk_…` is Ed25519, which Node verifies. A request older or newer than five minutes is not.
 */
export function isSigned(headers, body, keys) {
  return keys.some(key => {
    if (key.startsWith("whpk_")) {
      return isSignedByEd25519(headers, body, key);
    }
    try {
      new Webhook(key).verify(body, headers);
      return true;
    } catch {
      return false;
    }
  });
}

function isSignedByEd25519(headers, body, key) {
  const time = Number(headers["webhook-timestamp"]);
  if (!(Math.abs(Date.now() / 1000 - time) <= MAX_AGE_SECONDS)) {
    return false;
  }
  const signed = Buffer.concat([Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`), body]);
  const publicKey = toEd25519Key(Buffer.from(key.slice("whpk_".length), "base64").toString("base64url"));
  return String(headers["webhook-signature"]).split(" ").some(signature =>
    signature.startsWith("v1a,") && verify(null, signed, publicKey, Buffer.from(signature.slice("v1a,".length), "base64")));
}

/**
 * Receives webhooks. Events that it answers with 2xx are in the file of the copy; their order and chain are verified as soon
 * as the earlier ones are there.
 */
export async function listen(port, url, feed, token, folder, page) {
  const copy = new FeedCopy(folder);
  const verifier = new FeedVerifier(copy, await readKeys(url));
  const server = createServer(async (request, response) => {
    const [status, text] = await answer(request, verifier, folder).catch(error => [422, error.message]);
    response.writeHead(status, { "Content-Type": text.startsWith("{") ? "application/json" : "text/plain" }).end(text);
    console.log(`${status} ${text}, ${copy.records.size} records, verified up to ${copy.position ?? "nothing"}`);
  });
  let seen;
  setInterval(() => {
    // Events that were set aside, or lost with an older copy, do not come by themselves.
    if (copy.waiting.size > 0 && copy.position === seen) {
      pullAll(url, feed, token, copy, verifier, page)
        .then(() => verifier.acceptWaiting())
        .catch(error => console.log(`the gap stays: ${error.message}`));
    }
    seen = copy.waiting.size > 0 ? copy.position : undefined;
  }, GAP_MILLIS);
  server.listen(port, "127.0.0.1", () => console.log(`listening at http://127.0.0.1:${port}/`));
}

async function answer(request, verifier, folder) {
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) {
      return [413, "too large"];
    }
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  // Read at each request: a key that is added while secrets rotate counts at once.
  const keys = readFileSync(join(folder, "keys"), "utf8").split(/\s+/).filter(key => key);
  if (!isSigned(request.headers, body, keys)) {
    return [401, "not signed by a key of this receiver"];
  }
  const content = JSON.parse(body.toString("utf8"));
  if (content.type === CHALLENGE_TYPE) {
    return [200, JSON.stringify({ token: content.data.token })];
  }
  const events = (Array.isArray(content) ? content : [content]).filter(event => event.sequence);
  events.forEach(event => verifier.acceptInAnyOrder(event));
  verifier.copy.save();
  return [200, `${events.length} events`];
}

function takeOption(words, name) {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words.splice(at, 2)[1];
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split("/").pop())) {
  const words = process.argv.slice(2);
  const port = takeOption(words, "--listen");
  const page = takeOption(words, "--page") ?? 1000;
  const [url, feed, token, folder = "copy"] = words;
  if (port) {
    await listen(Number(port), url, feed, token, folder, page);
  } else {
    const copy = new FeedCopy(folder);
    const accepted = await pullAll(url, feed, token, copy, new FeedVerifier(copy, await readKeys(url)), page);
    console.log(`${accepted} new events, ${copy.records.size} records, verified up to ${copy.position}`);
  }
}
