import { describe, expect, it } from 'vitest';
import { findRules, listRecords } from './selection';

const text = (zh: string, en: string) => ({ zh, en });
const RULES = [
  {
    id: 'required',
    records: ['all'],
    holds: text('必填字段不得为空。', 'A required field is there.'),
    repair: text('补填', 'Give it'),
  },
  {
    id: 'major-form',
    records: ['overseas-school'],
    holds: text('专业代码应为六位。', 'A major has six digits.'),
    repair: text('改正', 'Correct it'),
  },
];

describe('selection of rules', () => {
  it('finds by words of either language, all of which must be there', () => {
    expect(findRules(RULES, '专业 digits').map((rule) => rule.id)).toEqual(['major-form']);
    expect(findRules(RULES, 'REQUIRED').map((rule) => rule.id)).toEqual(['required']);
    expect(findRules(RULES, undefined)).toHaveLength(2);
  });

  it('lists the records without the word for all', () => {
    expect(listRecords(RULES)).toEqual(['overseas-school']);
  });
});
