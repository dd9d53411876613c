// Sample receiver of a Voyage feed: pulls the events, verifies them, and keeps a copy of the records.
//
//   node receiver.mjs FEEDS_URL FEED_ID TOKEN [FOLDER]     pulls until there is nothing new, prints the copy's size
//
// What it relies on, and checks: numbers without gap; the digest of the data (SHA-256 over canonical JSON, RFC 8785); the
// chain over all events; the signature of each checkpoint. Position and copy are one file, written as a whole, so that a
// kill at any moment loses nothing and doubles nothing.
import { createHash, createPublicKey, verify } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import canonicalize from "canonicalize";

const NO_HASH = Buffer.alloc(32);

/** A copy of the records of a feed, with the position up to which it is complete. */
export class FeedCopy {
  constructor(folder) {
    this.file = join(folder, "copy.json");
    mkdirSync(folder, { recursive: true });
    const kept = existsSync(this.file) ? JSON.parse(readFileSync(this.file, "utf8")) : { records: {} };
    this.position = kept.position;
    this.chain = kept.chain ? Buffer.from(kept.chain, "hex") : NO_HASH;
    this.count = kept.count ?? 0;
    this.records = new Map(Object.entries(kept.records));
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
  }

  /** Writes copy and position as a whole: a new file, flushed, then renamed over the old one. */
  save() {
    const next = this.file + ".new";
    const out = openSync(next, "w");
    writeSync(out, JSON.stringify({
      position: this.position,
      chain: this.chain.toString("hex"),
      count: this.count,
      records: Object.fromEntries(this.records),
    }));
    fsyncSync(out);
    closeSync(out);
    renameSync(next, this.file);
  }
}

/** Verifies events one after another, in the order of their numbers. */
export class FeedVerifier {
  constructor(copy, keys) {
    this.copy = copy;
    this.keys = keys;
  }

  /** Verifies an event, and moves position and chain of the copy on. Throws for anything that does not fit. */
  accept(event) {
    const [epoch, sequence] = [Number(event.epoch), Number(event.sequence)];
    const [hadEpoch, hadSequence] = this.copy.position ? this.copy.position.split("-").map(Number) : [epoch, 0];
    if (epoch < hadEpoch || (epoch === hadEpoch && sequence <= hadSequence)) {
      return false;
    }
    const begins = epoch > hadEpoch;
    if (sequence !== (begins ? 1 : hadSequence + 1)) {
      throw new Error(`gap: after ${this.copy.position} comes ${event.id}`);
    }
    const before = begins ? NO_HASH : this.copy.chain;
    if (!event.data.withheld) {
      const digest = createHash("sha256").update(canonicalize(event.data)).digest();
      if (`sha256:${digest.toString("hex")}` !== event.digest) {
        throw new Error(`the data of ${event.id} do not match their digest`);
      }
    }
    const chain = createHash("sha256").update(before).update(event.id).update(fromHash(event.digest)).digest();
    if (`sha256:${chain.toString("hex")}` !== event.chain) {
      throw new Error(`the chain breaks at ${event.id}`);
    }
    if (event.data.kind === "checkpoint") {
      this.verifyCheckpoint(event, before);
    }
    this.copy.position = event.id;
    this.copy.chain = chain;
    this.copy.count += 1;
    return true;
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
  return new Map(keys.map(key => [key.kid, createPublicKey({ key: { kty: key.kty, crv: key.crv, x: key.x }, format: "jwk" })]));
}

function fromHash(text) {
  return Buffer.from(text.slice("sha256:".length), "hex");
}

/** Pulls until there is nothing new. Returns the number of events that were new. */
export async function pullAll(url, feed, token, copy) {
  const verifier = new FeedVerifier(copy, await readKeys(url));
  let accepted = 0;
  for (;;) {
    const after = copy.position ? `&after=${copy.position}` : "";
    const answer = await fetch(`${url}/v1/feeds/${feed}/events?limit=1000${after}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    if (!answer.ok) {
      throw new Error(`${answer.status} ${await answer.text()}`);
    }
    const events = await answer.json();
    if (events.length === 0) {
      return accepted;
    }
    for (const event of events) {
      if (verifier.accept(event)) {
        copy.apply(event);
        accepted += 1;
      }
    }
    copy.save();
  }
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split("/").pop())) {
  const [url, feed, token, folder = "copy"] = process.argv.slice(2);
  const copy = new FeedCopy(folder);
  const accepted = await pullAll(url, feed, token, copy);
  console.log(`${accepted} new events, ${copy.records.size} records, verified up to ${copy.position}`);
}
