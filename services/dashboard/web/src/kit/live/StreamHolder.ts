import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { addHappenings } from './happenings';
import {
  sliceKey,
  type Change,
  type Happening,
  type HubMessage,
  type LiveStatus,
  type Standing,
  type YearState,
} from './messages';

/** The service sends a byte at least every 15 s. */
export const SILENCE_MILLISECONDS = 20_000;
const FIRST_WAIT_MILLISECONDS = 1_000;
const LONGEST_WAIT_MILLISECONDS = 15_000;
const LOOK_MILLISECONDS = 1_000;
const CATCH_UP_MILLISECONDS = 2_000;

/** Opens the stream after the last message that came. */
export type OpenStream = (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>;

/** What was missed since a break, while the missing values come. */
interface CatchUp {
  since: number;
  /** First event of the new connection; a busy service sends it some seconds after the headers. */
  begunAt: number;
  missed: Set<string>;
}

/**
 * Holds the one stream of a browser: keeps the newest value of each slice, notices silence, connects again after a
 * break or a sleep, goes on after the last message, and says what was missed.
 */
export class StreamHolder {
  private readonly values = new Map<string, Change>();
  private happenings: Happening[] = [];
  private status: LiveStatus = {
    state: 'connecting',
    heardAt: null,
    asOf: null,
    lagSeconds: null,
    recovery: null,
  };
  private lastEventId: string | undefined;
  private connection: AbortController | undefined;
  private failures = 0;
  private connectAt: number | undefined;
  private look: ReturnType<typeof setInterval> | undefined;
  /** Until all first values are here. */
  private initial = true;
  private readonly seen = new Set<string>();
  private sentAt = 0;
  private readonly begunAt = Date.now();
  private catchUp: CatchUp | undefined;

  /** @param person whose stream this is; an answer to another person is refused */
  constructor(
    private readonly person: string,
    private readonly open: OpenStream,
    private readonly send: (message: HubMessage) => void,
  ) {}

  start(): void {
    if (this.look) return;
    this.look = setInterval(() => this.lookAround(), LOOK_MILLISECONDS);
    void this.connect();
  }

  stop(): void {
    clearInterval(this.look);
    this.look = undefined;
    this.connection?.abort();
    this.connection = undefined;
  }

  snapshot(): HubMessage {
    return {
      kind: 'snapshot',
      values: [...this.values.values()],
      happenings: this.happenings,
      status: this.status,
    };
  }

  /** Looks at once whether the stream still lives, as after a sleep; a refused one is tried again. */
  wake(): void {
    if (this.status.state === 'refused') this.connectAt = Date.now();
    this.lookAround();
  }

  private lookAround(): void {
    const now = Date.now();
    const silent = now - (this.status.heardAt ?? this.begunAt) > SILENCE_MILLISECONDS;
    if (silent && this.status.state === 'live') {
      this.breakOff('silent');
      this.connectAt = now;
    } else if (silent && this.status.state === 'connecting') {
      this.changeStatus({ state: 'silent' });
    }
    if (this.catchUp && this.connection && now - this.catchUp.begunAt > CATCH_UP_MILLISECONDS) {
      if (this.status.state === 'live' && !this.initial) this.finishCatchUp();
    }
    if (!this.connection && this.connectAt !== undefined && now >= this.connectAt) void this.connect();
  }

  private async connect(): Promise<void> {
    this.connectAt = undefined;
    const connection = new AbortController();
    this.connection = connection;
    const silence = setTimeout(() => connection.abort(), SILENCE_MILLISECONDS);
    try {
      const response = await this.open(this.lastEventId, connection.signal);
      clearTimeout(silence);
      if (this.isForOther(response)) {
        connection.abort();
        if (connection === this.connection) this.forget();
        return;
      }
      if (!response.ok || !response.body) {
        this.refuse(connection, response);
        return;
      }
      this.hear();
      await this.read(connection, response.body);
      this.retry(connection);
    } catch {
      clearTimeout(silence);
      this.retry(connection);
    }
  }

  private async read(connection: AbortController, body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let batch: EventSourceMessage[] = [];
    let begun = false;
    const parser = createParser({ onEvent: (message) => batch.push(message) });
    for (;;) {
      const { done, value } = await reader.read();
      if (done || connection !== this.connection) return;
      this.failures = 0;
      this.hear();
      parser.feed(decoder.decode(value, { stream: true }));
      if (batch.length > 0 && !begun) {
        begun = true;
        if (this.catchUp) this.catchUp.begunAt = Date.now();
        // From its first message on the service sends each moved year; a page may have asked for its years before.
        this.send({ kind: 'years', moved: [], status: this.status });
      }
      if (batch.length > 0) this.take(batch);
      batch = [];
    }
  }

  private take(messages: EventSourceMessage[]): void {
    const changes: Change[] = [];
    const moved: YearState[] = [];
    for (const message of messages) {
      if (message.event === 'reset') {
        this.initial = true;
        this.seen.clear();
        this.lastEventId = undefined;
      } else if (message.event === 'standing') {
        const { time, lagSeconds } = JSON.parse(message.data) as Standing;
        this.changeStatus({ asOf: time, lagSeconds });
      } else if (message.event === 'year-state') {
        moved.push(JSON.parse(message.data) as YearState);
      } else if (message.event === 'value') {
        const change = JSON.parse(message.data) as Change;
        this.keep(change);
        if (!this.initial) changes.push(change);
        if (message.id) {
          this.lastEventId = message.id;
          if (this.initial) this.finishValues();
        }
        const complete = Object.keys(change.position.topics).length > 0 && message.id !== undefined;
        if (complete && this.catchUp) this.finishCatchUp();
      }
    }
    if (moved.length > 0) this.send({ kind: 'years', moved, status: this.status });
    this.deliver(changes);
  }

  /** All values are here; a slice that did not come no longer exists. */
  private finishValues(): void {
    this.initial = false;
    for (const key of this.values.keys()) {
      if (!this.seen.has(key)) this.values.delete(key);
    }
    this.seen.clear();
    this.send(this.snapshot());
  }

  private keep(change: Change): void {
    const key = sliceKey(change.indicator, change.slice);
    const older = this.values.get(key);
    if (this.catchUp && older && older.value !== change.value) this.catchUp.missed.add(key);
    this.values.set(key, change);
    if (this.initial) this.seen.add(key);
    this.status = { ...this.status, asOf: change.position.time };
  }

  private deliver(changes: Change[]): void {
    if (changes.length === 0) return;
    this.happenings = addHappenings(this.happenings, changes);
    this.send({ kind: 'changes', changes, happenings: this.happenings, status: this.status });
  }

  private hear(): void {
    const now = Date.now();
    if (this.status.state !== 'live' || now - this.sentAt > LOOK_MILLISECONDS) {
      this.changeStatus({ state: 'live', heardAt: now });
    } else {
      this.status = { ...this.status, heardAt: now };
    }
  }

  private finishCatchUp(): void {
    const { since, missed } = this.catchUp!;
    this.catchUp = undefined;
    this.changeStatus({ recovery: { since, until: Date.now(), missed: missed.size } });
  }

  private refuse(connection: AbortController, response: Response): void {
    if (connection !== this.connection) return;
    if (response.status === 401 || response.status === 403) {
      this.forget();
      return;
    }
    const seconds = Number(response.headers.get('Retry-After'));
    this.retry(connection, seconds > 0 ? seconds * 1000 : undefined);
  }

  private isForOther(response: Response): boolean {
    const named = response.headers.get('X-Voyage-Person');
    return named !== null && named !== this.person;
  }

  /** Forgets all that came, and waits to be woken: the session is over, or another person has signed in. */
  forget(): void {
    this.connection?.abort();
    this.connection = undefined;
    this.connectAt = undefined;
    this.values.clear();
    this.seen.clear();
    this.happenings = [];
    this.lastEventId = undefined;
    this.initial = true;
    this.catchUp = undefined;
    this.status = { ...this.status, state: 'refused', heardAt: null, asOf: null, recovery: null };
    this.send({ kind: 'forget', status: this.status });
  }

  private retry(connection: AbortController, wait?: number): void {
    if (connection !== this.connection) return;
    this.breakOff(this.status.state === 'live' ? 'connecting' : this.status.state);
    const doubled = Math.min(FIRST_WAIT_MILLISECONDS * 2 ** this.failures, LONGEST_WAIT_MILLISECONDS);
    this.failures++;
    this.connectAt = Date.now() + (wait ?? doubled * (0.5 + Math.random() / 2));
  }

  private breakOff(state: LiveStatus['state']): void {
    this.connection?.abort();
    this.connection = undefined;
    if (!this.catchUp && this.status.heardAt !== null && this.values.size > 0) {
      this.catchUp = { since: this.status.heardAt, begunAt: Number.POSITIVE_INFINITY, missed: new Set() };
    }
    this.changeStatus({ state });
  }

  private changeStatus(change: Partial<LiveStatus>): void {
    this.status = { ...this.status, ...change };
    this.sentAt = Date.now();
    this.send({ kind: 'status', status: this.status });
  }
}
