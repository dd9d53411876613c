@NullMarked
package org.voyage.feeds.delivery.http;

import org.jspecify.annotations.NullMarked;
