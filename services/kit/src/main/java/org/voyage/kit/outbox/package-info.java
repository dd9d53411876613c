/** Outbox. */
@NullMarked
package org.voyage.kit.outbox;

import org.jspecify.annotations.NullMarked;
