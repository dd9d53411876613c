import { useCallback, useSyncExternalStore } from 'react';
import {
  readSnapshot,
  readValue,
  readVersion,
  subscribeToPicture,
  subscribeToValue,
  type LivePicture,
  type LiveValue,
} from './liveStore';
import { sliceKey, type Slice } from './messages';

const WHOLE = {};

/** The state of the stream and what happened last. */
export function useLivePicture(): LivePicture {
  return useSyncExternalStore(subscribeToPicture, readSnapshot);
}

/** One part of the picture: a page that needs no more is drawn again only when that part is another. */
export function useLivePart<Part>(select: (picture: LivePicture) => Part): Part {
  return useSyncExternalStore(subscribeToPicture, () => select(readSnapshot()));
}

/** The newest value of a slice of a figure today; undefined until the stream has sent it. */
export function useLiveValue(indicator: string, slice: Slice = WHOLE): LiveValue | undefined {
  const key = sliceKey(indicator, slice);
  const subscribe = useCallback((notify: () => void) => subscribeToValue(key, notify), [key]);
  return useSyncExternalStore(subscribe, () => readValue(indicator, slice));
}

/** A number that changes whenever any slice of the figure does: a reason to ask again. */
export function useLiveVersion(indicator: string): number {
  const subscribe = useCallback((notify: () => void) => subscribeToValue(indicator, notify), [indicator]);
  return useSyncExternalStore(subscribe, () => readVersion(indicator));
}
