@NullMarked
package org.voyage.feeds.delivery.endpoint;

import org.jspecify.annotations.NullMarked;
