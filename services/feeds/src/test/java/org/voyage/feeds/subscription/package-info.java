@NullMarked
package org.voyage.feeds.subscription;

import org.jspecify.annotations.NullMarked;
