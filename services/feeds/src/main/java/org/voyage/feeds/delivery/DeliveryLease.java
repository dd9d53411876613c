package org.voyage.feeds.delivery;

/**
 * Lease of an endpoint by this instance.
 *
 * @param epoch grows with each holder; a note of a former one is refused
 * @param version of the endpoint when the lease was looked at
 */
record DeliveryLease(String endpoint, String holder, long epoch, int version) {}
