import { describe, expect, it } from 'vitest';
import type { Answer, Line } from '../../kit/figures/answer';
import { dilemmas, type FactFormats } from './dilemmas';
import { words } from './words';

const formats: FactFormats = {
  number: String,
  share: (value) => `${value}%`,
  points: String,
  name: (name) => name.zh,
  listName: () => undefined,
};

function answer(code: string, items: Line[]): Answer {
  const text = { zh: code, en: code };
  return {
    indicator: { code, version: 1, name: text, unit: { code: 'percent', ...text } },
    by: ['year'],
    filters: {},
    period: '2024..2026',
    position: { time: '2026-11-24T10:00:00Z' },
    items,
    headline: { period: '2026' },
    labels: {},
  };
}

describe('quality', () => {
  it('names who completed and who left in one year, degree students and levels of Chinese', () => {
    const sentence = dilemmas.quality.sentence(
      [
        answer('inbound-completion-share', [
          { year: 2025, value: 90 },
          { year: 2026, value: 50 },
        ]),
        answer('inbound-early-leaving-share', [{ year: 2025, value: 7.5 }]),
        answer('inbound-degree-share', [{ year: 2026, value: 80 }]),
        answer('inbound-chinese-level-share', [{ year: 2025, value: 22 }]),
      ],
      words.zh,
      formats,
    );

    expect(sentence?.text).toBe(
      '2025 年离校的来华留学生中，毕业或结业的占 90%，退学的占 7.5%；2026 年在读的来华留学生中，学历生占 80%；2025 年入学且报送了汉语水平的，达到 HSK 四级的占 22%。',
    );
    expect(sentence?.facts.map((fact) => fact.code)).toEqual([
      'inbound-completion-share',
      'inbound-early-leaving-share',
      'inbound-degree-share',
      'inbound-chinese-level-share',
    ]);
  });
});

describe('services', () => {
  it('names the enterprises, and the modes of supply that have a number', () => {
    const sentence = dilemmas.services.sentence(
      [
        answer('overseas-school-enterprises', [{ year: 2026, value: 120 }]),
        answer('overseas-training-enterprises', [{ year: 2025, value: 80 }]),
        answer('overseas-schools-with-students-share', [{ year: 2025, value: 95 }]),
        answer('overseas-schools-without-students', [
          { year: 2024, value: 4 },
          { year: 2025, value: 3 },
        ]),
        answer('credential-recognitions', [{ year: 2025, value: null }]),
        answer('inbound-students', [{ year: 2026, value: 9000 }]),
        undefined,
        answer('teachers-abroad-person-days', [{ year: 2025, value: 500 }]),
      ],
      words.en,
      formats,
    );

    expect(sentence?.text).toBe(
      'Overseas schools serve 120 enterprises (2026), their trainings 80 (2025);' +
        ' of the schools with a reported headcount, 95% have students (2025);' +
        ' open schools without students for two years: 3 (2025).' +
        ' Volume of the four modes of supply: consumption abroad, 9000 inbound students (2026),' +
        ' movement of natural persons, 500 person-days of teachers abroad (2025).',
    );
  });
});
