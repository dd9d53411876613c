/** How a webhook is sent: the addresses that may be called, the client, signatures (Standard Webhooks). */
@NullMarked
package org.voyage.feeds.delivery.http;

import org.jspecify.annotations.NullMarked;
