/**
 * Releases of the figures of persons for readers outside: alliances and, where it is enabled, the public.
 *
 * <p>Readers outside never query the live figures about persons. An operator releases closed years; each is stored as a
 * {@link org.voyage.indicators.feature.release.ReleasedSheet}. Every answer is computed from the open numbers of the
 * sheet and from nothing else. Safety is therefore a property of the sheets, not of the queries.
 *
 * <p>A sheet has tables of one dimension each, which share their total. The codes of a dimension are the leaves of a
 * public binary tree ({@link org.voyage.indicators.feature.release.BinaryCodeTree}), which does not depend on any
 * record. The total is open unless it is 1 to 9. The two halves of an open node are both open, or both hidden with all
 * nodes below if one of them is 1 to 9. From this follows: <em>a reader who knows the sheet, the tree and these rules
 * finds each number from 1 to 9 possible for every hidden code.</em>
 *
 * <p>Proof: let h be the largest hidden node with the code. Its other half s is hidden and their sum P is open, so P is
 * at least 10. Let the code have any k from 1 to 9, the rest of h nothing, and s the remainder P - k, at least 1. Then
 * h is small, so the same nodes are hidden, and no open number has changed. Tables have only their open total in
 * common, so no table reveals anything about another. A joined record could link two tables, as each brand of schools
 * is in few countries; the definitions prevent this with a single table. No open number, and no sum or difference of
 * nested open nodes, is 1 to 9.
 *
 * <p>A year is released again only when its total has changed by 10 persons and 1 percent or more. Then {@link
 * org.voyage.indicators.feature.release.CellSuppression#suppressAgain} applies: no number ever published for a node
 * differs from another number of the same node by 1 to 9, and hidden nodes stay hidden. The proof holds for these
 * hidden nodes too: a small h is reason enough to hide it, independent of all other nodes. (If P is now 0, all of it is
 * 0.)
 */
@NullMarked
package org.voyage.indicators.feature.release;

import org.jspecify.annotations.NullMarked;
