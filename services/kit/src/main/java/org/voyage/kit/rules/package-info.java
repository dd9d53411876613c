/**
 * The rules of the data as data: what holds, how to mend what does not, how severe it is, since when. {@link
 * org.voyage.kit.rules.RuleBook} reads {@code contracts/rules} and what an operator laid over it; a finding's {@code
 * rule} is the id of its rule. What a rule checks stands in the code of its record; whether breaking it refuses, warns or
 * says nothing stands here.
 */
@NullMarked
package org.voyage.kit.rules;

import org.jspecify.annotations.NullMarked;
