package org.voyage.feeds.scope;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;

/**
 * Conditions on records as an alliance or an operator writes them, with lists and regions by their codes. A null condition
 * is none. All conditions hold together: {@code lists} and {@code regions} leave the countries that are in both.
 *
 * @param records null for all of them
 * @param countries ISO 3166-1 alpha-3
 * @param lists codes of lists of countries; a country on one of them is enough
 * @param regions codes of regions; a country in one of them is enough
 * @param provinces two digits
 * @param colleges 10-digit school codes
 * @param members true when a member of the alliance takes part in the record; null otherwise
 */
@Schema(name = "FeedFilter")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedFilter(
        @Nullable List<FeedRecord> records,
        @Nullable List<String> countries,
        @Nullable List<String> lists,
        @Nullable List<String> regions,
        @Nullable List<String> provinces,
        @Nullable List<String> brands,
        @Nullable List<String> colleges,
        @Nullable Boolean members) {

    /** The filter without conditions. */
    public static final FeedFilter EVERYTHING = new FeedFilter(null, null, null, null, null, null, null, null);

    private static final JsonMapper JSON = new JsonMapper();

    /** Reads a filter that was stored. */
    public static FeedFilter ofJson(String json) {
        try {
            return JSON.readValue(json, FeedFilter.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a stored filter", e);
        }
    }

    /** Returns the filter as it is stored. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns whether the filter asks for records in which members take part. */
    public boolean ofMembers() {
        return Boolean.TRUE.equals(members);
    }
}
