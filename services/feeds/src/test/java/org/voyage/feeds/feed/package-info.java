@NullMarked
package org.voyage.feeds.feed;

import org.jspecify.annotations.NullMarked;
