/**
 * Parts of the OpenAPI document of a service that do not follow from its code. The filters run while the service is
 * built and read the files of {@code contracts/}, so that no text exists twice.
 *
 * <ul>
 *   <li>{@link org.voyage.kit.apidoc.ExamplesOpenApiFilter}: examples of all other operations, from {@code
 *       META-INF/openapi-examples.yaml} of the kit and of the service.
 *   <li>{@link org.voyage.kit.apidoc.ConventionsOpenApiFilter}: parameters, headers and links that are the same
 *       everywhere.
 *   <li>{@link org.voyage.kit.apidoc.OptionalPropertyOpenApiFilter}: properties that may be null or absent.
 * </ul>
 *
 * <p>The refusals are in {@link org.voyage.kit.apidoc.ProblemOpenApiFilter}, the records in {@code kit-records}.
 */
@NullMarked
package org.voyage.kit.apidoc;

import org.jspecify.annotations.NullMarked;
