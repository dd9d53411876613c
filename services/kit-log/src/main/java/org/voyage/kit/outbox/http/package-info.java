/** HTTP side of the outbox: {@code Prefer: published}. */
@NullMarked
package org.voyage.kit.outbox.http;

import org.jspecify.annotations.NullMarked;
