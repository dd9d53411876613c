import { Sha256 } from './sha256';

const CHUNK_BYTES = 4 * 1024 * 1024;

/** Message of the worker: bytes read so far, and at the end the digest; or that the file could not be read. */
export type HashMessage = { read: number } | { digest: string } | { unreadable: true };

const worker = self as unknown as {
  onmessage: ((event: MessageEvent<File>) => void) | null;
  postMessage(message: HashMessage): void;
};

worker.onmessage = async (event) => {
  const file = event.data;
  const hash = new Sha256();
  try {
    for (let at = 0; at < file.size; at += CHUNK_BYTES) {
      hash.update(new Uint8Array(await file.slice(at, at + CHUNK_BYTES).arrayBuffer()));
      worker.postMessage({ read: Math.min(at + CHUNK_BYTES, file.size) });
    }
    worker.postMessage({ digest: hash.finish() });
  } catch {
    worker.postMessage({ unreadable: true });
  }
};
