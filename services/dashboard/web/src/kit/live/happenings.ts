import type { Change, Happening, Move } from './messages';
import { partialYear, sliceKey } from './messages';

const KEPT_HAPPENINGS = 60;
const KEPT_KEYS = 5;
const KEPT_MOVES = 12;
const TOGETHER_MILLISECONDS = 10_000;

/**
 * Adds what moved figures to what happened before, the newest first. Changes of the same kind of record by the same
 * province within ten seconds are one happening.
 */
export function addHappenings(happenings: Happening[], changes: Change[]): Happening[] {
  let result = happenings;
  for (const change of changes) {
    if (change.event) result = addHappening(result, change, change.event);
  }
  return result.slice(0, KEPT_HAPPENINGS);
}

function addHappening(
  happenings: Happening[],
  change: Change,
  event: NonNullable<Change['event']>,
): Happening[] {
  const record = event.topic.slice(event.topic.indexOf('.') + 1);
  const province = event.key.split('/')[0] ?? '';
  const time = change.position.time;
  const at = happenings.findIndex(
    (happening) =>
      happening.record === record &&
      happening.province === province &&
      happening.change === event.change &&
      Date.parse(time) - Date.parse(happening.time) < TOGETHER_MILLISECONDS,
  );
  const name = `${event.key}@${event.version}`;
  const older = happenings[at];
  if (!older) {
    const id = `${time}|${record}|${name}`;
    const first = { id, time, record, province, change: event.change, keys: [name], count: 1, moves: [] };
    return [{ ...first, moves: addMove([], change) }, ...happenings];
  }
  const known = older.keys.includes(name);
  const merged = {
    ...older,
    time,
    keys: known ? older.keys : [name, ...older.keys].slice(0, KEPT_KEYS),
    count: known ? older.count : older.count + 1,
    moves: addMove(older.moves, change),
  };
  return [merged, ...happenings.filter((_, index) => index !== at)];
}

/** Merges two moves of one slice: from its first value to its present one. */
function addMove(moves: Move[], change: Change): Move[] {
  const key = sliceKey(change.indicator, change.slice);
  const at = moves.findIndex((move) => sliceKey(move.indicator, move.slice) === key);
  const older = moves[at];
  const move: Move = {
    indicator: change.indicator,
    slice: change.slice,
    previous: older ? older.previous : change.previous,
    value: change.value,
    partialYear: partialYear(change),
  };
  if (older) return moves.map((each, index) => (index === at ? move : each));
  return [...moves, move].slice(0, KEPT_MOVES);
}
