import { joinStream, type SendToHolder } from './connect';
import {
  sliceKey,
  type Change,
  type Happening,
  type HubMessage,
  type LiveStatus,
  type Slice,
  type YearState,
} from './messages';

/** A value with the moment at which this page showed it as new, in milliseconds; 0: it did not move while open. */
export interface LiveValue {
  change: Change;
  movedAt: number;
}

/** What the page knows of the stream as a whole. */
export interface LivePicture {
  status: LiveStatus;
  happenings: Happening[];
  /** The reader has stopped the figures; `waiting` values have moved since. */
  paused: boolean;
  waiting: number;
}

type Listener = () => void;

/** Values that come in quick succession are shown together: a reader follows no more. */
const LEAST_PAUSE_MILLISECONDS = 250;

const values = new Map<string, LiveValue>();
const versions = new Map<string, number>();
const valueListeners = new Map<string, Set<Listener>>();
const pictureListeners = new Set<Listener>();
const yearListeners = new Set<(moved: readonly YearState[]) => void>();
let held: HubMessage[] = [];
let frame = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let appliedAt = -Infinity;
let send: SendToHolder | undefined;
let picture: LivePicture = {
  status: { state: 'connecting', heardAt: null, asOf: null, lagSeconds: null, recovery: null },
  happenings: [],
  paused: false,
  waiting: 0,
};

/** Joins the stream, once for all of a page. */
export function beginLive(person: string): void {
  send ??= joinStream(person, receive);
}

/** Opens a refused stream again, as after a new sign-in. */
export function wakeLive(): void {
  send?.({ kind: 'wake' });
}

function receive(message: HubMessage): void {
  if (message.kind === 'status') {
    // Values that wait for the next frame carry an older status.
    held = held.map((each) => ({ ...each, status: message.status }));
    changePicture({ status: message.status });
    return;
  }
  if (message.kind === 'years') {
    yearListeners.forEach((notify) => notify(message.moved));
    return;
  }
  if (message.kind === 'forget') {
    held = [];
    values.clear();
    changePicture({ status: message.status, happenings: [], waiting: 0 });
    for (const listeners of valueListeners.values()) listeners.forEach((notify) => notify());
    return;
  }
  held.push(message);
  if (picture.paused) {
    const waiting = message.kind === 'changes' ? message.changes.length : 0;
    changePicture({ status: message.status, waiting: picture.waiting + waiting });
  } else {
    plan();
  }
}

/** Plans the next change of the page: in the next frame, or when the pause since the last change is over. */
function plan(): void {
  // A hidden page paints no frames; its values must not pile up.
  if (document.hidden) return apply();
  if (frame || timer) return;
  const pause = appliedAt + LEAST_PAUSE_MILLISECONDS - performance.now();
  if (pause <= 0) {
    frame = requestAnimationFrame(apply);
  } else {
    timer = setTimeout(() => {
      timer = undefined;
      plan();
    }, pause);
  }
}

/** Applies all that came since the last change of the page, so that a page paints once for it. */
function apply(): void {
  cancelAnimationFrame(frame);
  clearTimeout(timer);
  frame = 0;
  timer = undefined;
  appliedAt = performance.now();
  const touched = new Set<string>();
  let latest = picture;
  for (const message of held) {
    if (message.kind === 'status' || message.kind === 'years' || message.kind === 'forget') continue;
    const changes = message.kind === 'snapshot' ? message.values : message.changes;
    for (const change of changes) applyChange(change, touched);
    latest = { ...latest, status: message.status, happenings: message.happenings };
  }
  held = [];
  changePicture(latest);
  for (const name of touched) valueListeners.get(name)?.forEach((notify) => notify());
}

function applyChange(change: Change, touched: Set<string>): void {
  const key = sliceKey(change.indicator, change.slice);
  const older = values.get(key);
  const same = older && older.change.value === change.value && older.change.period === change.period;
  if (same && older.change.position.time === change.position.time) return;
  values.set(key, { change, movedAt: older && !same ? Date.now() : (older?.movedAt ?? 0) });
  versions.set(change.indicator, (versions.get(change.indicator) ?? 0) + 1);
  touched.add(key);
  touched.add(change.indicator);
}

function changePicture(change: Partial<LivePicture>): void {
  picture = { ...picture, ...change };
  pictureListeners.forEach((notify) => notify());
}

export function readSnapshot(): LivePicture {
  return picture;
}

export function readValue(indicator: string, slice: Slice): LiveValue | undefined {
  return values.get(sliceKey(indicator, slice));
}

/** Counts the changes of a figure since the page was opened. */
export function readVersion(indicator: string): number {
  return versions.get(indicator) ?? 0;
}

/** Stops the figures for this page, or lets them go on with what came meanwhile. */
export function pauseLive(paused: boolean): void {
  changePicture({ paused, waiting: 0 });
  if (!paused) apply();
}

/** Subscribes to years that were moved anywhere; an empty list says that any may have moved. */
export function subscribeToYears(notify: (moved: readonly YearState[]) => void): () => void {
  yearListeners.add(notify);
  return () => yearListeners.delete(notify);
}

export function subscribeToPicture(notify: Listener): () => void {
  pictureListeners.add(notify);
  return () => pictureListeners.delete(notify);
}

/** Subscribes to one slice by its key, or to all of a figure by its code. */
export function subscribeToValue(name: string, notify: Listener): () => void {
  const listeners = valueListeners.get(name) ?? new Set();
  valueListeners.set(name, listeners.add(notify));
  return () => listeners.delete(notify);
}
