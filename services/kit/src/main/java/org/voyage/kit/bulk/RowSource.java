package org.voyage.kit.bulk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other, holding no more than one of them. */
interface RowSource {

    /** The next row, or null at the end. */
    @Nullable
    ReadRow next() throws IOException;

    /** The header line as it was sent; null for a format without one. */
    @Nullable
    String header();

    /** Whether the file began with a byte order mark. */
    boolean bom();
}
