import { isPinyinOf, resemblesInitials, spellPinyin } from './pinyin';

/** Something that a search can lead to. */
export interface Target {
  id: string;
  kind: 'page' | 'figure' | 'place' | 'record' | 'submission';
  name: string;
  /** Other words by which it is found. */
  also: string;
  /** Its Chinese name, where pinyin finds it. */
  chinese?: string;
  /** What sets it apart from others of its name. */
  detail?: string;
  path: string;
  search?: Record<string, string>;
}

const SHOWN_TARGETS = 30;
const SHOWN_NEAR_TARGETS = 6;
const LETTERS = /^[a-z]{2,}$/;

function splitWords(text: string): string[] {
  return text.trim().toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * The targets whose names contain every word of the text, or are written so in pinyin: the very name first, then those
 * that begin with it, those found by pinyin last. Upper and lower case are the same. Where nothing has all words, what
 * is near to the letters.
 */
export function findTargets(targets: readonly Target[], text: string): Target[] {
  const words = splitWords(text);
  if (words.length === 0) return targets.filter((target) => target.kind === 'page').slice(0, SHOWN_TARGETS);
  const ranked = targets.flatMap((target) => {
    const rank = rankTarget(target, words);
    return rank === undefined ? [] : [{ target, rank }];
  });
  if (ranked.length === 0 && words.length === 1 && /^[a-z]{3,}$/.test(words[0]!)) {
    return targets
      .filter((target) => target.chinese && resemblesInitials(words[0]!, spellPinyin(target.chinese)))
      .slice(0, SHOWN_NEAR_TARGETS);
  }
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, SHOWN_TARGETS)
    .map(({ target }) => target);
}

function rankTarget(target: Target, words: string[]): number | undefined {
  const name = target.name.toLowerCase();
  const haystack = `${name} ${target.also.toLowerCase()}`;
  if (words.every((word) => haystack.includes(word))) {
    return name === words.join(' ') ? 0 : name.startsWith(words[0]!) ? 1 : 2;
  }
  if (!target.chinese || !words.some((word) => LETTERS.test(word))) return undefined;
  const spelled = spellPinyin(target.chinese);
  return words.every((word) => haystack.includes(word) || (LETTERS.test(word) && isPinyinOf(word, spelled)))
    ? 3
    : undefined;
}

/** Whether the text is the very name of the target. */
export function isNameOf(target: Target, text: string): boolean {
  return target.name.toLowerCase() === splitWords(text).join(' ');
}

/** The key of a record in the text, such as 12/LB-1; undefined where there is none. */
export function readRecordKey(text: string): { province: string; sourceId: string } | undefined {
  const found = /^(\d{2})\/(\S+)$/.exec(text.trim());
  return found ? { province: found[1]!, sourceId: found[2]! } : undefined;
}
