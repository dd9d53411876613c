import type { HashMessage } from './hashWorker';

/** The file cannot be read any more: it was changed, moved or deleted after it was chosen. */
export class UnreadableFileError extends Error {}

/**
 * Returns the SHA-256 of a file in hexadecimal digits. A worker reads it in chunks, so the page stays responsive and the
 * file never lies in memory.
 *
 * @throws UnreadableFileError if the file changed since it was chosen
 */
export function hashFile(
  file: File,
  onRead?: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./hashWorker.ts', import.meta.url), {
      type: 'module',
    });
    const stop = () => {
      worker.terminate();
      reject(new DOMException('stopped', 'AbortError'));
    };
    signal?.addEventListener('abort', stop, { once: true });
    const end = (settle: () => void) => {
      worker.terminate();
      signal?.removeEventListener('abort', stop);
      settle();
    };
    worker.onmessage = (event: MessageEvent<HashMessage>) => {
      const message = event.data;
      if ('read' in message) {
        onRead?.(message.read);
      } else if ('digest' in message) {
        end(() => resolve(message.digest));
      } else {
        end(() => reject(new UnreadableFileError()));
      }
    };
    worker.onerror = () => end(() => reject(new UnreadableFileError()));
    worker.postMessage(file);
  });
}
