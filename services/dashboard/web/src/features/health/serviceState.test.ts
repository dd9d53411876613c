import { expect, test } from 'vitest';
import { isTrouble, readNumbers, readSamples } from './serviceState';

test('samples with labels are summed up, and comments are no samples', () => {
  const page =
    '# HELP x y\nvoyage_writes_waiting{record="a"} 2.0\nvoyage_writes_waiting{record="b"} 3.0\nother NaN\n';
  expect(readSamples(page)).toEqual(new Map([['voyage_writes_waiting', 5]]));
});

test('a number that a service does not have is unknown, and not 0', () => {
  const numbers = readNumbers('voyage_outbox_backlog 0.0\nvoyage_outbox_age_seconds 1.5E2\n');
  expect(numbers).toMatchObject({ backlog: 0, outboxAgeSeconds: 150, lag: null, deadLetters: null });
  expect(isTrouble('lag', numbers.lag)).toBe(false);
  expect(isTrouble('outboxAgeSeconds', numbers.outboxAgeSeconds)).toBe(true);
});

test('the lag of indicators is that of the figures and of the evidence', () => {
  expect(readNumbers('voyage_indicators_live_lag 3.0\nvoyage_indicators_evidence_lag 4.0\n').lag).toBe(7);
});
