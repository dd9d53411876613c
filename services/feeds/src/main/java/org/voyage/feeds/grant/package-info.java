/** Grants: the records and fields that an alliance may see, on which legal basis, from which day to which. */
@NullMarked
package org.voyage.feeds.grant;

import org.jspecify.annotations.NullMarked;
