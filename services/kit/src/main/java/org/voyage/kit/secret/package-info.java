/** Keys from the configuration, and encryption of what only this service may read. */
@NullMarked
package org.voyage.kit.secret;

import org.jspecify.annotations.NullMarked;
