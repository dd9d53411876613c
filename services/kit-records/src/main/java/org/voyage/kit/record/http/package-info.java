/** HTTP operations of every record type: write, withdraw, rename, merge, read, list, history. */
@NullMarked
package org.voyage.kit.record.http;

import org.jspecify.annotations.NullMarked;
