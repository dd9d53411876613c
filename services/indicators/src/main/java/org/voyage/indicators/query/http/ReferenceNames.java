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
        description = "Names in Chinese and English of everything that answers carry as codes. / 各项代码的中英文名称。")
public record ReferenceNames(
        @Schema(description = "record types by code, as in topics / 记录类型，按代码列出，与主题中的写法相同")
        Map<String, RecordTypeName> records,

        @Schema(description = "dimensions of the figures by code / 指标的维度，按代码列出")
        Map<String, DimensionName> dimensions,

        @Schema(description = "membership lists by code / 成员名单，按代码列出")
        Map<String, MembershipListName> lists,

        @Schema(description = "province-level units in the order of their codes / 省级单位，按代码排列")
        List<ProvinceName> provinces,

        @Schema(description = "code lists by name, each with the names of its codes / 代码表，按名称列出，含各代码的名称")
        Map<String, Map<String, CodeLabel>> codes) {

    /** A type of record with the headings of its fields. */
    @Schema(name = "RecordTypeName")
    public record RecordTypeName(
            @Schema(description = "service that takes such records / 接收此类记录的业务", examples = "overseas")
            String service,

            @Schema(description = "its name in paths of that service / 在该业务路径中的名称", examples = "overseas-schools")
            String collection,

            LocalizedText name,

            @Schema(description = "its fields by name, without personal data / 各字段，按名称列出，不含个人信息")
            Map<String, FieldName> fields) {}

    /** A field of a record. */
    @Schema(name = "FieldName")
    public record FieldName(
            String zh,
            String en,

            @Schema(
                    nullable = true,
                    description = "its list in codes; absent: it has no codes / 在 codes 中对应的代码表；没有代码的没有此项",
                    examples = "brands")
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
                            "its list in codes; a record may name another list for its field; absent: it has no list / "
                                    + "在 codes 中对应的代码表，记录字段另有规定的从其规定；没有代码表的没有此项",
                    examples = "countries")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String codes) {}

    /** A membership list. */
    @Schema(name = "MembershipListName")
    public record MembershipListName(
            String zh,
            String en,

            @Schema(description = "kind of its members: countries or colleges / 成员种类：国家或院校", examples = "countries")
            String members) {}

    /** A province-level unit. */
    @Schema(name = "ProvinceName")
    public record ProvinceName(
            @Schema(description = "two digits of GB/T 2260 / GB/T 2260 前两位", examples = "12")
            String code,

            String zh,

            @Schema(description = "short Chinese name / 中文简称", examples = "天津")
            String zhShort,

            String en,

            @Schema(description = "whether a bureau reports under the code / 是否以该代码报送")
            boolean sends) {}
}
