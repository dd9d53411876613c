@NullMarked
package org.voyage.feeds.delivery;

import org.jspecify.annotations.NullMarked;
