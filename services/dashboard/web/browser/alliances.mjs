// A subscription of an alliance with an endpoint, made and ended as the pages do it.
import assert from 'node:assert/strict';

const FEEDS = '/api/feeds/v1/feeds';

/** Subscribes the alliance that has signed in; returns the id of the feed. */
export async function createFeed(page) {
  const feed = await send(page, 'POST', FEEDS, {
    // A name that people wrote is data in every language.
    name: `Schools for Browsers ${Date.now()}`,
    filter: { records: ['overseas-school'] },
    start: 'now',
  });
  assert.equal(feed.status, 201, JSON.stringify(feed.body));
  const endpoint = await send(page, 'POST', `${FEEDS}/${feed.body.id}/endpoints`, {
    url: 'http://localhost:9/events',
    signing: ['hmac'],
  });
  assert.equal(endpoint.status, 201, JSON.stringify(endpoint.body));
  return feed.body.id;
}

export async function deleteFeed(page, feed) {
  const { status } = await send(page, 'DELETE', `${FEEDS}/${feed}`);
  assert.ok(status < 300, `${status}`);
}

function send(page, method, path, body) {
  return page.evaluate(
    async ([method, path, body]) => {
      const answer = await fetch(path, {
        method,
        headers: { 'X-Voyage-Request': '1', ...(body ? { 'Content-Type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : null };
    },
    [method, path, body],
  );
}
