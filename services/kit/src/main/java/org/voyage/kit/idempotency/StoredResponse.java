package org.voyage.kit.idempotency;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it was given.
 *
 * @param body null if it was too long to keep
 */
record StoredResponse(int status, Map<String, String> headers, byte @Nullable [] body) {}
