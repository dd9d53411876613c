package org.voyage.indicators.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.reference.CodeLabel;

/** Names of everything that answers carry as codes. */
@Schema(
        name = "ReferenceNames",
        description = "Names in Chinese and English of everything that answers carry as codes.")
public record ReferenceNames(
        @Schema(description = "types of records by code, as in topics")
        Map<String, RecordTypeName> records,

        @Schema(description = "dimensions of the figures by code")
        Map<String, DimensionName> dimensions,

        @Schema(description = "membership lists by code") Map<String, MembershipListName> lists,

        @Schema(description = "province-level units in the order of their codes")
        List<ProvinceName> provinces,

        @Schema(description = "code lists by name, in each the names of its codes")
        Map<String, Map<String, CodeLabel>> codes) {

    /** A type of record with the headings of its fields. */
    @Schema(name = "RecordTypeName")
    public record RecordTypeName(
            @Schema(description = "the service that takes such records", examples = "overseas")
            String service,

            @Schema(description = "its name in paths of that service", examples = "overseas-schools")
            String collection,

            LocalizedText name,

            @Schema(description = "its fields by name; a field that is personal data is left out")
            Map<String, FieldName> fields) {}

    /** A field of a record. */
    @Schema(name = "FieldName")
    public record FieldName(
            String zh,
            String en,

            @Schema(nullable = true, description = "its list in codes; absent: it has no codes", examples = "brands")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String codes) {}

    /** A dimension. */
    @Schema(name = "DimensionName")
    public record DimensionName(
            String zh,
            String en,

            @Schema(
                    nullable = true,
                    description =
                            "its list in codes; of a record whose field names another list that one; absent: it has"
                                    + " no list",
                    examples = "countries")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String codes) {}

    /** A membership list. */
    @Schema(name = "MembershipListName")
    public record MembershipListName(
            String zh,
            String en,

            @Schema(description = "its members: countries or colleges", examples = "countries")
            String members) {}

    /** A province-level unit. */
    @Schema(name = "ProvinceName")
    public record ProvinceName(
            @Schema(description = "two digits of GB/T 2260", examples = "12")
            String code,

            String zh,

            @Schema(description = "short Chinese name", examples = "天津")
            String zhShort,

            String en,

            @Schema(description = "whether a bureau reports under the code")
            boolean sends) {}
}
