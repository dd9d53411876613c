import { describe, expect, it } from 'vitest';
import { detectFormat, MAX_FILE_BYTES } from './fileFormat';

const ZIP = Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14, 0, 6, 0);
const OLE = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
const TEXT = new TextEncoder().encode('记录编号,年度');
const UTF16 = Uint8Array.of(0xff, 0xfe, 0xb0, 0x8b, 0x55, 0x5f, 0x2c, 0x00);

describe('detectFormat', () => {
  it.each([
    ['表.xlsx', ZIP, { format: 'xlsx' }],
    ['表.XLSX', ZIP, { format: 'xlsx' }],
    ['表.xls', OLE, { problem: 'old-excel' }],
    ['表.xlsx', OLE, { problem: 'old-excel' }],
    ['表.et', OLE, { problem: 'wps' }],
    ['表.et', ZIP, { format: 'xlsx' }],
    ['表.csv', TEXT, { format: 'csv' }],
    ['表.csv', UTF16, { format: 'csv' }],
    ['表.xls', TEXT, { format: 'csv' }],
    ['表.csv', ZIP, { problem: 'archive' }],
    ['表.zip', ZIP, { problem: 'archive' }],
    ['表.xlsx', TEXT, { problem: 'unknown-format' }],
    ['表.docx', ZIP, { problem: 'document' }],
    ['~$表.xlsx', OLE, { problem: 'lock-file' }],
    ['rows.jsonl', TEXT, { format: 'ndjson' }],
    ['表', TEXT, { problem: 'unknown-format' }],
  ])('%s', (name, head, expected) => {
    expect(detectFormat(name, 100, head)).toEqual(expected);
  });

  it('refuses what is empty or above the limit before it is uploaded', () => {
    expect(detectFormat('a.csv', 0, new Uint8Array())).toEqual({
      problem: 'empty',
    });
    expect(detectFormat('a.csv', MAX_FILE_BYTES + 1, TEXT)).toEqual({
      problem: 'too-large',
    });
    expect(detectFormat('a.csv', MAX_FILE_BYTES, TEXT)).toEqual({
      format: 'csv',
    });
  });
});
