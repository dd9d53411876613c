/**
 * Figures of persons for readers outside: alliances and, where it is switched on, the public.
 *
 * <p>Nobody outside asks the live figures about persons. An operator releases closed years; each is kept as a {@link
 * org.voyage.indicators.feature.release.ReleasedSheet} and every answer is computed from what is open in the sheet and from nothing
 * else. What is safe is therefore a property of the sheets, not of the questions.
 *
 * <p>A sheet has tables of one dimension each, which share their total. The codes of a dimension stand in a public tree of
 * halves ({@link org.voyage.indicators.feature.release.BinaryCodeTree}), which does not depend on any record. The total is open unless it
 * is 1 to 9. The two halves of an open part are both open, or both hidden if one of them is 1 to 9, with all below. From
 * this follows: <em>whoever knows the sheet, the tree and these rules finds each number from 1 to 9 possible for every
 * hidden code.</em> For let h be the largest hidden part with the code. Its other half s is hidden and their sum P open, so
 * P is at least 10. Let the code have any k from 1 to 9, the rest of h nothing, and s what remains, P - k, at least 1: h is
 * small, so the same parts are hidden, and nothing open has changed. Tables have only their open total in common, so none
 * says anything about another; what a joined record would tell of both (each brand of schools is in few countries) is kept
 * away by the definitions, which then have one table. No open number, and no sum or difference of open parts that lie in each other, is 1 to 9.
 *
 * <p>A year that was released is released again only when its total has moved by 10 persons and 1 percent or more, and
 * then under {@link org.voyage.indicators.feature.release.CellSuppression#suppressAgain}: no number ever published of a part differs from
 * another one of the same part by 1 to 9, and what is hidden stays hidden. The same argument holds for what is hidden then: h
 * being small is reason enough to hide it, whatever else is. (Where P has come to be 0, all of it is 0.)
 */
@NullMarked
package org.voyage.indicators.feature.release;

import org.jspecify.annotations.NullMarked;
