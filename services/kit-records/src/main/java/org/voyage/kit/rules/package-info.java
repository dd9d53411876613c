/**
 * The rules of the data as data: condition, correction, severity and dates of each rule. {@link
 * org.voyage.kit.rules.RuleBook} reads {@code contracts/rules} and an operator's overlay; a finding's {@code rule} is
 * the id of its rule. The code of a record contains the check of a rule; this package decides whether a broken rule
 * refuses, warns or is ignored.
 */
@NullMarked
package org.voyage.kit.rules;

import org.jspecify.annotations.NullMarked;
