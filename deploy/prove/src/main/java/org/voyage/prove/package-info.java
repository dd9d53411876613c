/** Proof that three servers lose nothing: faults under load, a journal of acknowledged writes, and an offline checker. */
@NullMarked
package org.voyage.prove;

import org.jspecify.annotations.NullMarked;
