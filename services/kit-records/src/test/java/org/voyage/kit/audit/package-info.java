/** The audit trail over HTTP and against the real PostgreSQL. */
@NullMarked
package org.voyage.kit.audit;

import org.jspecify.annotations.NullMarked;
