import { refusal, type RefusedRequest } from '../../kit/problems';
import type { Batch } from './batch';

/** The connection broke: nothing is stored, and the same request may be sent again under the same key. */
export class BrokenUploadError extends Error {}

/** The service refused the upload; a batch that it began nevertheless says more. */
export class RefusedUploadError extends Error {
  constructor(
    readonly refused: RefusedRequest,
    readonly batch: string | null,
  ) {
    super(refused.message);
  }
}

export interface Upload {
  url: string;
  file: File;
  mediaType: string;
  idempotencyKey: string;
  onSent: (bytes: number) => void;
  signal: AbortSignal;
}

/**
 * Sends a file and returns the batch as soon as the service has received the whole of it. The browser streams the file
 * from the disk; `XMLHttpRequest` is used because `fetch` reports no progress of a request body.
 *
 * @throws BrokenUploadError if the connection broke
 * @throws RefusedUploadError if the service answered with a problem
 */
export function uploadFile(upload: Upload): Promise<Batch> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', upload.url);
    request.setRequestHeader('Content-Type', upload.mediaType);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Prefer', 'respond-async');
    request.setRequestHeader('Idempotency-Key', upload.idempotencyKey);
    request.setRequestHeader('X-Voyage-Request', '1');
    request.setRequestHeader('Content-Disposition', attachmentHeader(upload.file.name));
    request.upload.onprogress = (event) => upload.onSent(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as Batch);
        return;
      }
      const refused = refusal(
        request.status,
        request.responseText,
        parseRetryAfter(request.getResponseHeader('Retry-After')) ?? undefined,
      );
      reject(new RefusedUploadError(refused, batchOfLocation(request.getResponseHeader('Location'))));
    };
    request.onerror = () => reject(new BrokenUploadError());
    request.ontimeout = () => reject(new BrokenUploadError());
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    upload.signal.addEventListener('abort', () => request.abort(), {
      once: true,
    });
    request.send(upload.file);
  });
}

/** Header that carries the name of a file in any letters (RFC 8187). */
export function attachmentHeader(name: string): string {
  const encoded = encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${encoded}`;
}

/** Seconds of a `Retry-After` header, which may also be a date; null where it is absent or unreadable. */
export function parseRetryAfter(header: string | null, now: number = Date.now()): number | null {
  if (!header) {
    return null;
  }
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000);
  return Number.isNaN(seconds) ? null : Math.max(1, seconds);
}

/** Last segment of the batch's address. */
export function batchOfLocation(location: string | null): string | null {
  return location?.match(/\/v1\/batches\/([0-9a-f-]{36})$/)?.[1] ?? null;
}
