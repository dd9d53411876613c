package org.voyage.kit.idempotency;

import java.util.UUID;

/** The right of one run to carry out the request of a key. */
record IdempotencyClaim(String client, IdempotencyKey key, UUID run) {}
