@NullMarked
package org.voyage.feeds.record;

import org.jspecify.annotations.NullMarked;
