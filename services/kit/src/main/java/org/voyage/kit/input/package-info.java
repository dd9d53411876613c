/**
 * Strict reading of fields, from JSON bodies and from cells of tables alike.
 *
 * <p>{@link org.voyage.kit.input.FieldReader} collects every finding instead of stopping at the first. {@link
 * org.voyage.kit.input.CodeSet} and {@link org.voyage.kit.input.TextFormat} define the content of a field. {@link
 * org.voyage.kit.input.DidYouMean} proposes the nearest known word.
 */
@NullMarked
package org.voyage.kit.input;

import org.jspecify.annotations.NullMarked;
