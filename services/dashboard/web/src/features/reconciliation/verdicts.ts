import type { Verdict } from './routes';

interface Line {
  comparable: boolean;
  matches?: boolean | null;
}

/** A line that no figure computes, or that has no value now, is not comparable. */
export function judge(line: Line): Verdict {
  if (!line.comparable || line.matches === null || line.matches === undefined) return 'incomparable';
  return line.matches ? 'equal' : 'different';
}

/** Whether a line says "more than" or "about" and the live value holds it: the distance between the two is no difference. */
export function isSatisfied(line: Line & { relation: string }): boolean {
  return line.relation !== '=' && judge(line) === 'equal';
}

export function countVerdicts(lines: readonly Line[]): Record<Verdict, number> {
  const counts = { equal: 0, different: 0, incomparable: 0 };
  for (const line of lines) counts[judge(line)]++;
  return counts;
}
