/** A list that was read from its newest item on; `complete` when nothing older is left to read. */
export interface PartialList<Item> {
  items: readonly Item[];
  complete: boolean;
}

/**
 * Merges lists into one, the newest first. It ends where an unread item of another list could stand, so no item is
 * missing between the shown ones.
 *
 * @param at moment of an item, comparable as text
 */
export function mergeNewest<Item>(lists: readonly PartialList<Item>[], at: (item: Item) => string): Item[] {
  const horizon = lists
    .filter((list) => !list.complete)
    .map((list) => (list.items.length === 0 ? '\uffff' : at(list.items[list.items.length - 1]!)))
    .reduce((latest, each) => (each > latest ? each : latest), '');
  return lists
    .flatMap((list) => list.items)
    .filter((item) => at(item) >= horizon)
    .sort((a, b) => (at(a) < at(b) ? 1 : at(a) > at(b) ? -1 : 0));
}
