package org.voyage.kit.record.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.sheet.RecordForm;

/**
 * Filter of a list of records by their fields. Each field may have several values; a record passes if it has one of
 * them. Values of codes and numbers are separated by commas or by repetition of the parameter. Keys can hold commas, so
 * they are separated by repetition only. A code may be given by a name that files take.
 */
public final class RecordListFilter {

    private final RecordForm form;
    private final SqlConditions where = new SqlConditions();

    public RecordListFilter(RecordType<?> type) {
        this.form = RecordForm.of(type.name());
    }

    /**
     * Adds a filter by codes.
     *
     * @param name of the field and of the parameter
     * @param column SQL expression of the field
     * @throws Refusal.Malformed if a value is no code, and no name of one
     */
    public RecordListFilter addCodes(String name, String column, List<String> texts, CodeSet<?> codes) {
        Set<String> found = new LinkedHashSet<>();
        for (String text : QueryParameters.parseValues(name, texts)) {
            found.add(requireCode(name, text, codes));
        }
        where.andAny(column, found);
        return this;
    }

    private String requireCode(String name, String text, CodeSet<?> codes) {
        @Nullable String code = codes.find(text) == null ? form.findCode(name, text) : text;
        if (code == null || codes.find(code) == null) {
            throw new Refusal.Malformed(codes.unknownCode("?" + name, text));
        }
        return code;
    }

    /**
     * Adds a filter by codes that no closed list has, such as those of colleges.
     *
     * @param max length of a value
     */
    public RecordListFilter addTexts(String name, String column, List<String> texts, int max) {
        Set<String> values = QueryParameters.parseValues(name, texts);
        values.forEach(value -> QueryParameters.parseText(name, value, max));
        where.andAny(column, values);
        return this;
    }

    /**
     * Adds a filter by keys of other records.
     *
     * @param max length of a key
     */
    public RecordListFilter addKeys(String name, String column, List<String> keys, int max) {
        if (keys.size() > QueryParameters.MAX_VALUES) {
            throw new Refusal.Malformed(Finding.query(
                    name,
                    "too-many-values",
                    "It has more than " + QueryParameters.MAX_VALUES + " values.",
                    "参数值超过 " + QueryParameters.MAX_VALUES + " 个。"));
        }
        Set<String> different = new LinkedHashSet<>(keys);
        different.forEach(key -> QueryParameters.parseText(name, key, max));
        where.andAny(column, different);
        return this;
    }

    /** Adds a filter by calendar years. */
    public RecordListFilter addYears(String name, String column, List<String> texts) {
        Set<Integer> years = new LinkedHashSet<>();
        for (String text : QueryParameters.parseValues(name, texts)) {
            years.add(Objects.requireNonNull(QueryParameters.parseYear(name, text)));
        }
        where.andAny(column, years);
        return this;
    }

    public SqlConditions toConditions() {
        return where;
    }
}
