#!/usr/bin/env node
// Makes a verified copy of a feed in FOLDER:
//   node receive.mjs [--page EVENTS] [--timeout SECONDS] [--follow | --listen PORT] URL FEED TOKEN FOLDER
// It pulls until nothing is new; follows the stream; or receives webhooks at http://127.0.0.1:PORT/ by the keys in FOLDER/keys.
// TOKEN may be the address of a token endpoint; then VOYAGE_CLIENT and VOYAGE_SECRET are the credentials.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { FeedClient, FeedCopy, TokenSource, WebhookReceiver } from "./index.mjs";

const options = { page: { type: "string" }, timeout: { type: "string" }, listen: { type: "string" }, follow: { type: "boolean" } };
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const [url, feed, token, folder] = positionals;
if (!folder) {
  console.error("receive.mjs [--page EVENTS] [--timeout SECONDS] [--follow | --listen PORT] URL FEED TOKEN FOLDER");
  process.exit(2);
}
const { VOYAGE_CLIENT, VOYAGE_SECRET } = process.env;
const tokens = token.startsWith("http") ? TokenSource.ofClient(token, VOYAGE_CLIENT, VOYAGE_SECRET) : TokenSource.fixed(token);
const copy = new FeedCopy(folder);
const client = new FeedClient(url, feed, tokens, copy, { pageEvents: values.page, timeout: values.timeout });
if (values.listen) {
  new WebhookReceiver(client, join(folder, "keys")).listen(Number(values.listen));
} else if (values.follow) {
  await client.follow();
} else {
  const accepted = await client.pull();
  console.log(`${accepted} new events, ${copy.records.size} records, verified up to ${copy.position ?? "nothing"}`);
}
