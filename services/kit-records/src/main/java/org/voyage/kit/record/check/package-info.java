/** Plausibility checks that produce warnings: duplicates, implausible changes of an amount, foreign colleges. */
@NullMarked
package org.voyage.kit.record.check;

import org.jspecify.annotations.NullMarked;
