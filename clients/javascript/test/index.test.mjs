// Unit tests of the library in JavaScript: node --test
import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { BrokenFeedError, FeedCopy, TokenSource, WebhookReceiver, canonicalize } from "../index.mjs";

const examples = new URL("../../../contracts/feeds/events/examples/", import.meta.url);
const events = readdirSync(examples).filter(name => !name.includes("withheld"))
  .map(read).sort((a, b) => (a.id < b.id ? -1 : 1));
const keys = new Map([["1", "cTjQDLlLfUabNJmwv6k9zXijWVGRybAhFOdiRJMHLH0"]]);
let folder;
let copy;

function read(name) {
  return JSON.parse(readFileSync(new URL(name, examples), "utf8"));
}

function assertBroken(event, message, known = keys) {
  const before = [copy.position, copy.chain, copy.records.size];
  assert.throws(() => copy.accept(event, known), error => error instanceof BrokenFeedError && error.message.includes(message));
  assert.deepEqual([copy.position, copy.chain, copy.records.size], before);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "voyage-"));
  copy = new FeedCopy(folder);
});

test("the examples of the contract are a feed, and the copy is the same after a restart at each event", () => {
  for (const event of events.slice(0, 43)) {
    copy = new FeedCopy(folder);
    assert.equal(copy.accept(event, keys), true);
    assert.equal(copy.accept(event, keys), false);
    copy.save();
  }
  assert.equal(copy.records.size, 6);
  assert.equal(copy.accept(events[43], keys), true);
  assert.deepEqual([copy.position, copy.records.size], ["2-0000000000000001", 0]);
});

test("a gap, changed data, another chain and a tampered checkpoint are refused and change nothing", () => {
  const [first, second] = events;
  assertBroken(second, "a gap");
  assertBroken({ ...first, data: { ...first.data, kind: "corrected" } }, "do not match their digest");
  assertBroken({ ...first, chain: second.chain }, "the chain breaks");
  assertBroken({ ...first, op: "delete" }, "does not fit its data");
  assertBroken({ ...first, op: "reset" }, "does not fit its data");
  assertBroken({ id: first.id }, "has no data");
  assertBroken({ ...first, id: "1" }, "not a position");
  events.slice(0, 42).forEach(event => copy.accept(event, keys));
  const checkpoint = events[42];
  assertBroken({ ...checkpoint, data: { ...checkpoint.data, time: "2026-11-28T10:43:01Z" } }, "do not match their digest");
  assertBroken({ ...checkpoint, source: "/voyage/feeds/another" }, "does not hold");
  assertBroken(checkpoint, "does not hold", new Map());
  copy.startFrom(events[41].id, new Map());
  assertBroken({ ...checkpoint, chain: second.chain }, "the chain breaks");
  assert.equal(copy.accept(checkpoint, keys), true);
});

test("events without op have that of their kind", () => {
  const expected = new FeedCopy(mkdtempSync(join(tmpdir(), "voyage-")));
  for (const { op, ...event } of events.slice(0, 43)) {
    expected.accept({ ...event, op }, keys);
    copy.accept(event, keys);
    assert.deepEqual(copy.records, expected.records);
  }
  const { op, ...reset } = events[43];
  copy.accept(reset, keys);
  assert.equal(copy.records.size, 0);
});

test("the file is written for a change only", () => {
  copy.save();
  assert.equal(existsSync(copy.file), false);
  copy.accept(events[0], keys);
  copy.save();
  assert.equal(new FeedCopy(folder).position, events[0].id);
  writeFileSync(copy.file, "{}");
  copy.accept(events[0], keys);
  copy.save();
  assert.equal(readFileSync(copy.file, "utf8"), "{}");
});

test("withheld data delete the record and keep the chain", () => {
  const withheld = read("overseas-school.created-withheld.json");
  assertBroken({ ...withheld, op: "put", data: { ...events[0].data, withheld: true } }, "does not fit its data");
  copy.records.set(withheld.subject, {});
  copy.accept(withheld, keys);
  assert.equal(copy.records.size, 0);
  assert.equal(copy.accept(read("overseas-school.corrected.json"), keys), true);
});

test("a webhook counts by the example of Standard Webhooks, for five minutes, with its own body", () => {
  writeFileSync(join(folder, "keys"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
  const receiver = new WebhookReceiver({}, join(folder, "keys"));
  const headers = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  };
  const body = Buffer.from('{"test": 2432232314}');
  const sent = 1614265330_000;
  assert.equal(receiver.isSigned(headers, body, sent + 299_000), true);
  assert.equal(receiver.isSigned(headers, body, sent + 301_000), false);
  assert.equal(receiver.isSigned(headers, Buffer.from('{"test": 2432232315}'), sent), false);
  assert.equal(receiver.isSigned({ ...headers, "webhook-timestamp": "1614265331" }, body, sent), false);
  assert.equal(receiver.isSigned({}, body, sent), false);
});

test("a public key verifies Ed25519", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const key = Buffer.from(publicKey.export({ format: "jwk" }).x, "base64url").toString("base64");
  writeFileSync(join(folder, "keys"), `whpk_${key}`);
  const receiver = new WebhookReceiver({}, join(folder, "keys"));
  const signature = `v1a,${sign(null, Buffer.from("f_1.1000.{}"), privateKey).toString("base64")}`;
  const headers = { "webhook-id": "f_1", "webhook-timestamp": "1000", "webhook-signature": signature };
  assert.equal(receiver.isSigned(headers, Buffer.from("{}"), 1000_000), true);
  assert.equal(receiver.isSigned({ ...headers, "webhook-id": "f_2" }, Buffer.from("{}"), 1000_000), false);
  writeFileSync(join(folder, "keys"), `whpk_A\nwhsec_*\nother_${key}\nwhpk_${key}`);
  assert.equal(receiver.isSigned({ ...headers, "webhook-signature": `v1a,* v2,? ${signature}` }, Buffer.from("{}"), 1000_000), true);
  assert.equal(receiver.isSigned({ ...headers, "webhook-signature": "v1a,* v1,*" }, Buffer.from("{}"), 1000_000), false);
});

test("JSON is canonical", () => {
  const value = { "\ufb33": [1.0, 1e21, 1e-7, -0, true, null], "😀": "a\u000f\n\"\\汉", b: {} };
  assert.equal(canonicalize(value), '{"b":{},"😀":"a\\u000f\\n\\"\\\\汉","\ufb33":[1,1e+21,1e-7,0,true,null]}');
});

test("callers share one request for a token, which is renewed before it expires", async () => {
  let asked = 0;
  const tokens = new TokenSource(async () => ({ access_token: `t${++asked}`, expires_in: asked === 1 ? 0 : 3600 }));
  assert.deepEqual(await Promise.all([tokens.get(), tokens.get()]), ["t1", "t1"]);
  assert.equal(await tokens.get(), "t2");
  await tokens.forget("t1");
  assert.equal(await tokens.get(), "t2");
  await tokens.forget("t2");
  assert.equal(await tokens.get(), "t3");
});
