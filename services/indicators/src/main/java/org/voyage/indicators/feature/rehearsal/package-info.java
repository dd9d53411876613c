/**
 * A definition tried before it is switched on: its figure beside the one that serves, both counted from the same evidence,
 * apart from everything that serves.
 */
@NullMarked
package org.voyage.indicators.feature.rehearsal;

import org.jspecify.annotations.NullMarked;
