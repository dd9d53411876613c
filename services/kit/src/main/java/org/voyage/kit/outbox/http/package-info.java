/** HTTP side of the outbox: {@code Prefer: published} and republication. */
@NullMarked
package org.voyage.kit.outbox.http;

import org.jspecify.annotations.NullMarked;
