/**
 * Records in the OpenAPI document of a service ({@code voyage.outbox.topics}). Their schemas are {@code $defs/record} of their
 * event schemas, their examples come from their events, their descriptions from {@code contracts/records}.
 */
@NullMarked
package org.voyage.kit.record.apidoc;

import org.jspecify.annotations.NullMarked;
