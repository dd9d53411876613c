/** The write path of records: load and lock, decide, store, append to the outbox; alone or in a group commit. */
@NullMarked
package org.voyage.kit.record.write;

import org.jspecify.annotations.NullMarked;
