/**
 * {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header) on every POST.
 *
 * <p>A client gives a POST a key of its own. When the client sends the same method, path, query, media type and body
 * again within a day, the service repeats the first response, with {@code Idempotency-Replayed: true}. The same key
 * with another request is 422, while the first is still running 409 with {@code Retry-After}. Keys are kept per client
 * in the service's database, so it does not matter which instance answers.
 *
 * <p>The service stores a final response: success, and a refusal of the submission. After 401, 408, 413, 429 and 5xx
 * the key is free again. An instance that dies leaves its keys for the length of the lease; then the request may be
 * sent and processed again. That does no harm because records have natural keys: rows that were stored are unchanged.
 * The body is hashed while it is read and never held. A {@link org.voyage.kit.idempotency.SecretAnswer} is stored without
 * its secret.
 */
@NullMarked
package org.voyage.kit.idempotency;

import org.jspecify.annotations.NullMarked;
