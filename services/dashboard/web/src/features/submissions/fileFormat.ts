/** Media types that the record services take. */
export const MEDIA_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
} as const;

export type FileFormat = keyof typeof MEDIA_TYPES;

/** Reason why a file cannot be sent; the page explains each in words. */
export type FormatProblem =
  | 'empty'
  | 'too-large'
  | 'old-excel'
  | 'wps'
  | 'archive'
  | 'document'
  | 'lock-file'
  | 'unknown-format';

/** Largest file that the services take, in bytes: 16 GB. */
export const MAX_FILE_BYTES = 16 * 1024 ** 3;

const OLD_EXCEL_MAGIC = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04];
const PDF_MAGIC = [0x25, 0x50, 0x44, 0x46];

/**
 * Finds the format of a file by its name and its first bytes, before anything is uploaded.
 *
 * @param head the first bytes of the file, at least eight where it has as many
 */
export function detectFormat(
  name: string,
  bytes: number,
  head: Uint8Array,
): { format: FileFormat } | { problem: FormatProblem } {
  const extension = name.toLowerCase().match(/\.([a-z0-9]+)$/)?.[1] ?? '';
  const begins = (magic: number[]) => magic.every((byte, i) => head[i] === byte);
  if (name.startsWith('~$') || name.startsWith('.~')) {
    return { problem: 'lock-file' };
  }
  if (bytes === 0) {
    return { problem: 'empty' };
  }
  if (bytes > MAX_FILE_BYTES) {
    return { problem: 'too-large' };
  }
  if (begins(PDF_MAGIC) || ['pdf', 'doc', 'docx', 'wps'].includes(extension)) {
    return { problem: 'document' };
  }
  if (begins(OLD_EXCEL_MAGIC)) {
    return { problem: extension === 'et' ? 'wps' : 'old-excel' };
  }
  if (begins(ZIP_MAGIC)) {
    return ['xlsx', 'xlsm', 'et'].includes(extension) ? { format: 'xlsx' } : { problem: 'archive' };
  }
  if (['zip', 'rar', '7z', 'gz'].includes(extension)) {
    return { problem: 'archive' };
  }
  if (extension === 'xlsx' || extension === 'xlsm' || extension === 'et') {
    return { problem: 'unknown-format' };
  }
  if (['csv', 'txt', 'tsv', 'xls'].includes(extension)) {
    return looksLikeText(head) ? { format: 'csv' } : { problem: 'unknown-format' };
  }
  if (['ndjson', 'jsonl', 'json'].includes(extension)) {
    return { format: 'ndjson' };
  }
  return { problem: 'unknown-format' };
}

/** Text has no zero bytes, except UTF-16 with a byte order mark. */
function looksLikeText(head: Uint8Array): boolean {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  return utf16 || !head.includes(0);
}
