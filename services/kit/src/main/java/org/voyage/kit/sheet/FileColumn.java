package org.voyage.kit.sheet;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a column of a file was read.
 *
 * @param number place of the column in the file, from 1
 * @param heading as it was sent; null if it may name a person
 * @param field name of the field; null if the column is not read
 * @param reading {@code own}: a heading of the template; {@code other-name}: another known name of the field; {@code
 *     mapped}: as the bureau has mapped it; {@code ignored}: a column of the sender's own, not read; {@code unknown}
 * @param suggestedField name of the field that an unknown heading may mean; null if there is none
 */
@Schema(name = "FileColumn")
public record FileColumn(
        int number,
        @Nullable String heading,
        @Nullable String field,
        String reading,
        @Nullable String suggestedField) {}
