/** Whether a reader may see a record, and which of its fields: a pure function of record, grants, filter, members, lists and day. */
@NullMarked
package org.voyage.feeds.scope;

import org.jspecify.annotations.NullMarked;
