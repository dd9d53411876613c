/** Assembly of the service. */
@NullMarked
package org.voyage.feeds.app;

import org.jspecify.annotations.NullMarked;
