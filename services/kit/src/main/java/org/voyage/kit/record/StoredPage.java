package org.voyage.kit.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list as it was read, its records byte by byte as they are stored.
 *
 * @param items the JSON array of its records, in UTF-8; nobody changes it
 * @param last the last of them, null on the last page
 * @param horizon everything recorded before it could be read
 * @param whole whether nothing that could be read was held back because it was recorded later
 */
record StoredPage(byte[] items, @Nullable Last last, Instant horizon, boolean whole) {

    /** Where a page ends. */
    record Last(RecordKey key, Instant recordedAt) {}

    /**
     * @param found in their order, one more than the page if there are so many
     * @param whole whether they are all there are
     */
    static StoredPage of(List<Version<byte[]>> found, int limit, Instant horizon, boolean whole) {
        if (found.size() <= limit) {
            return new StoredPage(VersionJson.items(found), null, horizon, whole);
        }
        Version<byte[]> last = found.get(limit - 1);
        return new StoredPage(
                VersionJson.items(found.subList(0, limit)), new Last(last.key(), last.recordedAt()), horizon, whole);
    }
}
