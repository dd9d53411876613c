/** Rows of files as writes of records. */
@NullMarked
package org.voyage.kit.record.batch;

import org.jspecify.annotations.NullMarked;
