/** What is found in the published set. */
@NullMarked
package org.voyage.indicators.reconciliation;

import org.jspecify.annotations.NullMarked;
