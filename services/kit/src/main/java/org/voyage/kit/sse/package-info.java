/** Server-sent events: writing under back-pressure, heartbeats, and the end of a stream. */
@NullMarked
package org.voyage.kit.sse;

import org.jspecify.annotations.NullMarked;
