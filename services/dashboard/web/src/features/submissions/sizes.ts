import { formatNumber } from '../../kit/formats';
import type { Language } from '../../kit/language';

const UNITS = ['B', 'KB', 'MB', 'GB'];

/** A size with one decimal from a kilobyte on: 12.4 MB. */
export function formatSize(bytes: number, language: Language): string {
  let unit = 0;
  let size = bytes;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  const digits = unit === 0 ? size : Math.round(size * 10) / 10;
  return `${formatNumber(digits, language)} ${UNITS[unit]}`;
}

/** A share from 0 to 1 as whole percent, never 100 before the end. */
export function formatProgress(share: number): string {
  return `${share >= 1 ? 100 : Math.min(99, Math.floor(share * 100))} %`;
}
