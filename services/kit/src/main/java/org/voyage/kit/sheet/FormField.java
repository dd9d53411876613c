package org.voyage.kit.sheet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Field of a record as a column of a table.
 *
 * @param also other headings that mean the field, the most specific first
 * @param codes its codes; null if it has none
 * @param personal whether it is personal data
 * @param openEnd whether it is the day of an end that may not have come: 至今 means no value
 * @param parts of an object, in the order in which a cell gives them; empty for anything else
 * @param example in the form of a cell; empty if there is none
 */
public record FormField(
        String name,
        String zh,
        String en,
        List<String> also,
        FieldType type,
        @Nullable NamedCodeList codes,
        boolean required,
        boolean personal,
        boolean openEnd,
        List<String> parts,
        String explainZh,
        String explainEn,
        String example) {

    /** Content of a cell of the field. */
    public enum FieldType {
        TEXT("文本", "Text"),
        CODE("代码或名称，从列表中选择", "Code or name, from the list"),
        DATE("日期，如 2019-09-01", "Day, such as 2019-09-01"),
        INTEGER("整数", "Whole number"),
        FLAG("是 或 否", "Yes or no"),
        TEXTS("文本，多项以 | 分隔", "Texts, separated by |"),
        OBJECTS("多项以 | 分隔，项内各部分以 : 分隔", "Items separated by |, their parts by :");

        final String zh;
        final String en;

        FieldType(String zh, String en) {
            this.zh = zh;
            this.en = en;
        }
    }

    public FormField {
        also = List.copyOf(also);
        parts = List.copyOf(parts);
    }

    /** Returns the same field with codes; an empty list is none. */
    FormField withCodes(NamedCodeList list) {
        return new FormField(
                name,
                zh,
                en,
                also,
                type,
                list.codes().isEmpty() ? null : list,
                required,
                personal,
                openEnd,
                parts,
                explainZh,
                explainEn,
                example);
    }

    static FormField ofPlatform(String name, String zh, String en, FieldType type, String explainZh, String explainEn) {
        return new FormField(
                name, zh, en, List.of(), type, null, false, false, false, List.of(), explainZh, explainEn, "");
    }
}
