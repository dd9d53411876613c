/**
 * What the OpenAPI document of every service says that its code cannot know. It is put together while the service is
 * built, from files of {@code contracts/}: nothing is written down a second time.
 *
 * <ul>
 *   <li>{@link org.voyage.kit.apidoc.RecordApiDocument}: everything about the records of the service ({@code
 *       voyage.outbox.topics}). Their schemas are {@code $defs/record} of their event schemas, their examples those of
 *       their events, their words those of {@code contracts/records}.
 *   <li>{@link org.voyage.kit.apidoc.ApiExamples}: examples of all other operations, from {@code
 *       META-INF/openapi-examples.yaml} of the kit and of the service.
 *   <li>{@link org.voyage.kit.apidoc.ConventionsDocument}: parameters, headers and links that are the same everywhere.
 *   <li>{@link org.voyage.kit.apidoc.NullableReferenceDocument}: the {@code null} of nullable properties.
 *   <li>{@link org.voyage.kit.apidoc.DeprecationDocument}: what {@link org.voyage.kit.web.Deprecation} announces.
 * </ul>
 *
 * <p>The refusals are in {@link org.voyage.kit.web.ProblemResponses}.
 */
@NullMarked
package org.voyage.kit.apidoc;

import org.jspecify.annotations.NullMarked;
