/** The assigner: numbers the events of each feed from the log of the records, the scopes and the days. */
@NullMarked
package org.voyage.feeds.assigner;

import org.jspecify.annotations.NullMarked;
