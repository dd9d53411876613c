@NullMarked
package org.voyage.feeds.delivery.queue;

import org.jspecify.annotations.NullMarked;
