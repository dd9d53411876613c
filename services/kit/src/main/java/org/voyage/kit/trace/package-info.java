/** Traces of events, from the request that makes one to those who hear of it. */
@NullMarked
package org.voyage.kit.trace;

import org.jspecify.annotations.NullMarked;
