/** Encrypted files on the local disk and the wrapping of their keys. */
@NullMarked
package org.voyage.kit.bulk.spool;

import org.jspecify.annotations.NullMarked;
