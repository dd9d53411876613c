"""Makes a verified copy of a feed in FOLDER:

    python3 -m voyage_feeds [--page EVENTS] [--timeout SECONDS] [--follow | --listen PORT] URL FEED TOKEN FOLDER

It pulls until nothing is new; follows the stream; or receives webhooks at http://127.0.0.1:PORT/ by the keys in FOLDER/keys.
TOKEN may be the address of a token endpoint; then VOYAGE_CLIENT and VOYAGE_SECRET are the credentials.
"""
import argparse
import logging
import os
import sys
from pathlib import Path

from voyage_feeds import FeedClient, FeedCopy, TokenSource, WebhookReceiver

parser = argparse.ArgumentParser("voyage_feeds")
parser.add_argument("--page", type=int, default=1000)
parser.add_argument("--timeout", type=float, default=60)
parser.add_argument("--listen", type=int)
parser.add_argument("--follow", action="store_true")
for name in ("url", "feed", "token", "folder"):
    parser.add_argument(name)
words = parser.parse_args()
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")
if words.token.startswith("http"):
    tokens = TokenSource.of_client(words.token, os.environ["VOYAGE_CLIENT"], os.environ["VOYAGE_SECRET"])
else:
    tokens = TokenSource.fixed(words.token)
copy = FeedCopy(words.folder)
client = FeedClient(words.url, words.feed, tokens, copy, words.page, words.timeout)
if words.listen:
    WebhookReceiver(client, Path(words.folder, "keys")).listen(words.listen)
elif words.follow:
    client.follow()
else:
    print(f"{client.pull()} new events, {len(copy.records)} records, verified up to {copy.position or 'nothing'}")
