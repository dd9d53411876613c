import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HubMessage, LiveStatus } from './messages';
import { StreamHolder } from './StreamHolder';

/** The service's side of the stream, driven by the test. */
class Service {
  readonly asked: (string | undefined)[] = [];
  private lines: ReadableStreamDefaultController<Uint8Array> | undefined;
  answer = 200;
  person = 'operator';

  readonly open = (lastEventId: string | undefined): Promise<Response> => {
    this.asked.push(lastEventId);
    const headers = { 'X-Voyage-Person': this.person };
    if (this.answer !== 200) return Promise.resolve(new Response('', { status: this.answer }));
    const body = new ReadableStream<Uint8Array>({ start: (lines) => void (this.lines = lines) });
    return Promise.resolve(new Response(body, { headers }));
  };

  async write(text: string): Promise<void> {
    this.lines!.enqueue(new TextEncoder().encode(text));
    await vi.advanceTimersByTimeAsync(0);
  }

  async value(code: string, value: number, id?: string, topics: object = {}): Promise<void> {
    const event = { topic: 'overseas.overseas-school', key: '12/LB-1', version: value, change: 'created' };
    const position = { topics, time: new Date().toISOString() };
    const data = {
      indicator: code,
      slice: {},
      period: '2026-11-28',
      value,
      previous: null,
      position,
      event,
      version: 1,
    };
    await this.write(`${id ? `id: ${id}\n` : ''}event: value\ndata: ${JSON.stringify(data)}\n\n`);
  }

  async standing(of: object = {}): Promise<void> {
    await this.write(`event: standing\ndata: ${JSON.stringify({ ...STANDING, ...of })}\n\n`);
  }

  async end(): Promise<void> {
    this.lines!.close();
    await vi.advanceTimersByTimeAsync(0);
  }
}

const WHOLE_POSITION = { 'overseas.overseas-school': { '0': 5 } };
const STANDING = { time: '2026-11-28T10:00:05.000000Z', complete: true, lagEvents: 0, lagSeconds: 0 };
let service: Service;
let messages: HubMessage[];
let holder: StreamHolder;

function status(): LiveStatus {
  return messages.at(-1)!.status;
}

function snapshot(): Record<string, number | null> {
  const message = holder.snapshot();
  return message.kind === 'snapshot'
    ? Object.fromEntries(message.values.map((each) => [each.indicator, each.value]))
    : {};
}

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date('2026-11-28T01:00:00Z') });
  service = new Service();
  messages = [];
  holder = new StreamHolder('operator', service.open, (message) => messages.push(message));
  holder.start();
  await vi.advanceTimersByTimeAsync(0);
});

afterEach(() => {
  holder.stop();
  vi.useRealTimers();
});

async function begin(): Promise<void> {
  await service.value('schools', 5);
  await service.value('countries', 3, 'run-7', WHOLE_POSITION);
}

test('first values are no news, later ones are', async () => {
  await begin();
  expect(messages.filter((message) => message.kind === 'changes')).toEqual([]);
  expect(snapshot()).toEqual({ schools: 5, countries: 3 });
  await service.value('schools', 6, 'run-8', WHOLE_POSITION);
  const news = messages.at(-1)!;
  expect(news.kind === 'changes' && news.changes.map((change) => change.value)).toEqual([6]);
  expect(news.kind === 'changes' && news.happenings[0]).toMatchObject({
    record: 'overseas-school',
    province: '12',
    count: 1,
  });
});

test('an event that comes in two parts counts once', async () => {
  await begin();
  await service.write('id: run-8\nevent: val');
  await service.write(
    'ue\ndata: {"indicator":"schools","slice":{},"period":"2026-11-28","value":9,"previous":5,',
  );
  await service.write('"position":{"topics":{},"time":"2026-11-28T01:00:00Z"},"event":null,"version":1}\n\n');
  expect(snapshot()['schools']).toBe(9);
});

test('a heartbeat keeps the stream live, 20 s of silence are said and the stream is opened again at once', async () => {
  await begin();
  await vi.advanceTimersByTimeAsync(15_000);
  await service.write(': still here\n\n');
  await vi.advanceTimersByTimeAsync(15_000);
  expect(status().state).toBe('live');
  expect(service.asked).toHaveLength(1);
  const before = messages.length;
  await vi.advanceTimersByTimeAsync(7_000);
  expect(messages.slice(before).map((message) => message.status.state)).toContain('silent');
  expect(service.asked).toEqual([undefined, 'run-7']);
});

test('after a break it goes on after the last message and says how many values it missed', async () => {
  await begin();
  await service.end();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(service.asked).toEqual([undefined, 'run-7']);
  await service.value('schools', 6, 'run-8');
  await service.value('schools', 7, 'run-9');
  await service.value('countries', 4, 'run-10', WHOLE_POSITION);
  expect(status().recovery).toMatchObject({ missed: 2 });
  expect(snapshot()).toEqual({ schools: 7, countries: 4 });
});

test('a break without changes is reported as one without changes', async () => {
  await begin();
  await service.end();
  await vi.advanceTimersByTimeAsync(1_100);
  await service.standing();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(status().recovery).toMatchObject({ missed: 0 });
});

test('a busy service that sends its first event late has time to send the missed values', async () => {
  await begin();
  await service.end();
  await vi.advanceTimersByTimeAsync(1_100);
  await service.write(': still here\n\n');
  await vi.advanceTimersByTimeAsync(6_000);
  expect(status().recovery).toBeNull();
  await service.standing();
  await service.value('schools', 6, 'run-8', WHOLE_POSITION);
  expect(status().recovery).toMatchObject({ missed: 1 });
});

test('after a restart of the service all values arrive again, and removed ones are gone', async () => {
  await begin();
  await service.end();
  await vi.advanceTimersByTimeAsync(1_100);
  await service.write('id: other-reset\nevent: reset\ndata: {}\n\n');
  await service.value('schools', 8, 'other-1', WHOLE_POSITION);
  expect(snapshot()).toEqual({ schools: 8 });
  expect(status().recovery).toMatchObject({ missed: 1 });
});

test('after a sleep the dead connection is noticed at the first look', async () => {
  await begin();
  vi.setSystemTime(Date.now() + 3_600_000);
  holder.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(service.asked).toEqual([undefined, 'run-7']);
});

test('a service that is down is asked again at growing distances, at most 15 s apart', async () => {
  service.answer = 503;
  await service.end();
  await vi.advanceTimersByTimeAsync(120_000);
  const asked = service.asked.length;
  expect(asked).toBeGreaterThan(8);
  expect(asked).toBeLessThan(25);
  expect(status().state).toBe('silent');
});

test('a refusal ends it until the page wakes it', async () => {
  service.answer = 401;
  await service.end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(status().state).toBe('refused');
  expect(service.asked).toHaveLength(2);
  service.answer = 200;
  holder.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(service.asked).toHaveLength(3);
});

test('the status says how far the figures are behind, and leaves the values', async () => {
  await service.value('a', 1, 'x-1', WHOLE_POSITION);
  await service.standing({ complete: false, lagEvents: 7, lagSeconds: 3.5 });
  expect(status()).toMatchObject({ asOf: STANDING.time, lagSeconds: 3.5 });
  expect(snapshot()).toEqual({ a: 1 });
});

test('a session that is over takes all its values with it', async () => {
  await begin();
  service.answer = 401;
  await service.end();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(messages.at(-1)).toMatchObject({ kind: 'forget', status: { state: 'refused', asOf: null } });
  expect(snapshot()).toEqual({});
  service.answer = 200;
  holder.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(service.asked.at(-1)).toBeUndefined();
});

test('a stream that opens for another person gives nothing to this one', async () => {
  await begin();
  service.person = 'clerk';
  await service.end();
  await vi.advanceTimersByTimeAsync(1_100);
  await service.value('schools', 1, 'run-1', WHOLE_POSITION);
  expect(messages.at(-1)).toMatchObject({ kind: 'forget' });
  expect(snapshot()).toEqual({});
});

test('a year that moved before the first message of a connection is asked for again', async () => {
  const asked = () => messages.filter((each) => each.kind === 'years').length;
  expect(asked()).toBe(0);
  await begin();
  expect(asked()).toBe(1);
  await service.value('schools', 6, 'run-8');
  expect(asked()).toBe(1);

  await service.end();
  await vi.advanceTimersByTimeAsync(1_500);
  expect(asked()).toBe(1);
  await service.value('schools', 7, 'run-9', WHOLE_POSITION);
  expect(asked()).toBe(2);
});
