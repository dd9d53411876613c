/** Settings of webhooks. */
@NullMarked
package org.voyage.feeds.delivery.config;

import org.jspecify.annotations.NullMarked;
