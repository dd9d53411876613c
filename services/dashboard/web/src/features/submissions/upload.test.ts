import { describe, expect, it } from 'vitest';
import { attachmentHeader, batchOfLocation, parseRetryAfter } from './upload';

describe('parseRetryAfter', () => {
  it('reads seconds and dates, and never waits less than a second', () => {
    const now = Date.parse('2026-11-28T09:00:00Z');
    expect(parseRetryAfter('30', now)).toBe(30);
    expect(parseRetryAfter('0', now)).toBe(1);
    expect(parseRetryAfter('Sat, 28 Nov 2026 09:00:05 GMT', now)).toBe(5);
    expect(parseRetryAfter(null, now)).toBeNull();
    expect(parseRetryAfter('soon', now)).toBeNull();
  });
});

describe('batchOfLocation', () => {
  it('finds the batch behind any prefix', () => {
    const id = '0b0c5a4e-6a1d-4a39-9b7e-0d2d6f0a1c11';
    expect(batchOfLocation(`/v1/batches/${id}`)).toBe(id);
    expect(batchOfLocation(`https://voyage.example/api/overseas/v1/batches/${id}`)).toBe(id);
    expect(batchOfLocation('/v1/years/32/2025')).toBeNull();
  });
});

describe('attachmentHeader', () => {
  it('carries a name in any letters, and nothing that ends the header', () => {
    expect(attachmentHeader('2025年 报送(终稿).xlsx')).toBe(
      "attachment; filename*=UTF-8''2025%E5%B9%B4%20%E6%8A%A5%E9%80%81%28%E7%BB%88%E7%A8%BF%29.xlsx",
    );
    expect(attachmentHeader('a"\r\nb\ud800.csv')).toBe(
      "attachment; filename*=UTF-8''a%22%0D%0Ab%EF%BF%BD.csv",
    );
  });
});
