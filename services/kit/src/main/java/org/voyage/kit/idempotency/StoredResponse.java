package org.voyage.kit.idempotency;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stored response to the first request with a key.
 *
 * @param body null if it was too long to store
 */
record StoredResponse(int status, Map<String, String> headers, byte @Nullable [] body) {}
