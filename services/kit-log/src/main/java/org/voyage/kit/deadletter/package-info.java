/** Events of the log that a service could not read, as operators and auditors read about them. */
@NullMarked
package org.voyage.kit.deadletter;

import org.jspecify.annotations.NullMarked;
