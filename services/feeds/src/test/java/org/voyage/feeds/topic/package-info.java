@NullMarked
package org.voyage.feeds.topic;

import org.jspecify.annotations.NullMarked;
