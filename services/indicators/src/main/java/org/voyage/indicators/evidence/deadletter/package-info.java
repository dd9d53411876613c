/** Events that cannot be parsed, stored with the reason. */
@NullMarked
package org.voyage.indicators.evidence.deadletter;

import org.jspecify.annotations.NullMarked;
