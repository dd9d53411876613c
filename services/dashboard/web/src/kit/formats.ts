import { useSyncExternalStore } from 'react';
import { useLanguage, type Language } from './language';

/** full: every digit; short: 万 and 亿 (K and M in English) from a million on. */
export type DigitMode = 'full' | 'short';

const SHORT_FROM = 1_000_000;
const MINUS = '−';
const NO_VALUE = '—';
const DIGITS_KEY = 'voyage.digits';
const BEIJING = 'Asia/Shanghai';

function localeOf(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en-US';
}

const formatters = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let format = formatters.get(key);
  if (!format) {
    format = new Intl.NumberFormat(localeOf(language), options);
    formatters.set(key, format);
  }
  return format;
}

function replaceHyphen(text: string): string {
  return text.replace('-', MINUS);
}

/** A number with all its digits; decimals, if it has any, as the API sent them. */
export function formatNumber(value: number | null | undefined, language: Language): string {
  if (value === null || value === undefined) return NO_VALUE;
  return replaceHyphen(numberFormat(language, { maximumFractionDigits: 6 }).format(value));
}

/** A number for a tile: short from a million on, with four significant digits, when the reader wants it. */
export function formatTileNumber(
  value: number | null | undefined,
  language: Language,
  mode: DigitMode,
): string {
  if (value === null || value === undefined) return NO_VALUE;
  if (mode === 'full' || Math.abs(value) < SHORT_FROM) return formatNumber(value, language);
  return replaceHyphen(
    numberFormat(language, { notation: 'compact', maximumSignificantDigits: 4 }).format(value),
  );
}

/** A share in percent, always with two decimals. */
export function formatShare(value: number | null | undefined, language: Language): string {
  if (value === null || value === undefined) return NO_VALUE;
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return replaceHyphen(`${numberFormat(language, digits).format(value)} %`);
}

/** A difference with its sign; zero has none. */
export function formatDifference(value: number | null | undefined, language: Language, decimals = 0): string {
  if (value === null || value === undefined) return NO_VALUE;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: Math.max(decimals, 2) };
  return replaceHyphen(numberFormat(language, { ...digits, signDisplay: 'exceptZero' }).format(value));
}

/** A difference of two shares, in percentage points. */
export function formatPoints(value: number | null | undefined, language: Language): string {
  if (value === null || value === undefined) return NO_VALUE;
  return `${formatDifference(value, language, 2)} ${language === 'zh' ? '个百分点' : 'percentage points'}`;
}

const momentFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: BEIJING,
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** A moment in Beijing time, to the second: 2026-11-28 09:14:03. */
export function formatMoment(moment: string | number | Date | null | undefined): string {
  if (moment === null || moment === undefined) return NO_VALUE;
  return momentFormat.format(new Date(moment));
}

/** The time of day in Beijing, to the second. */
export function formatTime(moment: string | number | Date | null | undefined): string {
  return formatMoment(moment).split(' ').at(-1) ?? NO_VALUE;
}

/** The day in Beijing. */
export function formatDay(moment: string | number | Date | null | undefined): string {
  return formatMoment(moment).split(' ')[0] ?? NO_VALUE;
}

/** The moment that "2026-11-28 09:14:03" of Beijing means, for an API; undefined for anything else. */
export function readBeijingMoment(text: string): string | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2})?)?$/.exec(text.trim());
  if (!parts) return undefined;
  const moment = new Date(`${parts[1]}T${parts[2] ?? '00:00'}${parts[3] ?? ':00'}+08:00`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString().replace('.000Z', 'Z');
}

/** The year in Beijing now. */
export function currentYear(now: Date = new Date()): number {
  return Number(formatDay(now).slice(0, 4));
}

/** How long ago, in words, with the largest unit that is at least one. */
export function formatAge(seconds: number, language: Language): string {
  const format = new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'always' });
  if (seconds < 60) return format.format(-Math.round(seconds), 'second');
  if (seconds < 3600) return format.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return format.format(-Math.floor(seconds / 3600), 'hour');
  return format.format(-Math.floor(seconds / 86_400), 'day');
}

const digitListeners = new Set<() => void>();

let digitMode: DigitMode | undefined;

export function readDigitMode(): DigitMode {
  digitMode ??=
    typeof localStorage !== 'undefined' && localStorage.getItem(DIGITS_KEY) === 'full' ? 'full' : 'short';
  return digitMode;
}

export function changeDigitMode(mode: DigitMode): void {
  digitMode = mode;
  localStorage.setItem(DIGITS_KEY, mode);
  digitListeners.forEach((notify) => notify());
}

function subscribeToDigits(notify: () => void): () => void {
  digitListeners.add(notify);
  return () => digitListeners.delete(notify);
}

/** The formats in the language of the page and with the digits that the reader chose. */
export function useFormats() {
  const language = useLanguage();
  const digits = useSyncExternalStore(subscribeToDigits, readDigitMode, () => 'short' as const);
  return {
    language,
    digits,
    number: (value: number | null | undefined) => formatNumber(value, language),
    tileNumber: (value: number | null | undefined) => formatTileNumber(value, language, digits),
    share: (value: number | null | undefined) => formatShare(value, language),
    difference: (value: number | null | undefined, decimals = 0) =>
      formatDifference(value, language, decimals),
    points: (value: number | null | undefined) => formatPoints(value, language),
    moment: formatMoment,
    time: formatTime,
    day: formatDay,
    age: (seconds: number) => formatAge(seconds, language),
  };
}
