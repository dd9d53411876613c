import { useCallback, useEffect, useRef, useState } from 'react';
import { RefusedRequest } from '../../kit/problems';
import type { Batch } from './batch';
import { hashFile, UnreadableFileError } from './hashFile';
import { BrokenUploadError, RefusedUploadError, uploadFile } from './upload';

/** State of sending one file. */
export type Sending =
  | { state: 'idle' }
  | { state: 'hashing'; read: number }
  | { state: 'uploading'; sent: number }
  | { state: 'broken' }
  | { state: 'unreadable' }
  | { state: 'different' }
  | { state: 'refused'; refused: RefusedRequest };

/** One request with a file. */
export interface SendOrder {
  url: string;
  file: File;
  mediaType: string;
  idempotencyKey: string;
  /** SHA-256 that the file must have before it is sent; absent: it is sent whatever it is. */
  expectedDigest?: string | undefined;
}

/** Sends files one at a time, reports how far it is, and stops when the page is left. */
export function useSending() {
  const [sending, setSending] = useState<Sending>({ state: 'idle' });
  const running = useRef<AbortController>(undefined);

  const stop = useCallback(() => {
    running.current?.abort();
    setSending({ state: 'idle' });
  }, []);

  useEffect(() => () => running.current?.abort(), []);

  /** Returns the batch; undefined if the file was not sent, which `sending` explains. */
  const send = useCallback(async (order: SendOrder): Promise<Batch | undefined> => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const show = (next: Sending) => {
      if (running.current === controller) setSending(next);
    };
    try {
      if (order.expectedDigest !== undefined) {
        show({ state: 'hashing', read: 0 });
        const digest = await hashFile(
          order.file,
          (read) => show({ state: 'hashing', read }),
          controller.signal,
        );
        if (digest !== order.expectedDigest) {
          show({ state: 'different' });
          return undefined;
        }
      }
      show({ state: 'uploading', sent: 0 });
      const batch = await uploadFile({
        ...order,
        signal: controller.signal,
        onSent: (sent) => show({ state: 'uploading', sent }),
      });
      show({ state: 'idle' });
      return batch;
    } catch (error) {
      show(toSending(error));
      return undefined;
    }
  }, []);

  return { sending, send, stop };
}

function toSending(error: unknown): Sending {
  if (error instanceof RefusedUploadError) return { state: 'refused', refused: error.refused };
  if (error instanceof BrokenUploadError) return { state: 'broken' };
  if (error instanceof UnreadableFileError) return { state: 'unreadable' };
  if (error instanceof DOMException && error.name === 'AbortError') return { state: 'idle' };
  throw error;
}
