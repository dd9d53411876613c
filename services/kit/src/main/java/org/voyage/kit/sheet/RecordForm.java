package org.voyage.kit.sheet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.CodeNames;
import org.voyage.kit.input.PersonalValueFilter;
import org.voyage.kit.reference.ContractFile;

/** Form of a record: its fields for people, from {@code /contracts/records/<record>.yaml} on the class path. */
public final class RecordForm implements CodeNames {
    private static final Map<String, RecordForm> FORMS_BY_RECORD = new ConcurrentHashMap<>();
    /** Word that people add to the name of a major. */
    private static final String MAJOR_WORD = "专业";

    private final String record;
    private final String collection;
    private final String zh;
    private final String en;
    private final boolean ofPersons;
    private final Map<String, FormField> fields;
    private final Set<String> personal;
    private final Map<String, NamedCodeList> parts;
    private final Set<String> collegeFields;
    private final Set<String> majorFields;
    private final NamedCodeList majors;
    private final HeadingIndex headings;
    private final List<RecordForm> siblingForms;

    private RecordForm(
            String record,
            String collection,
            String zh,
            String en,
            boolean ofPersons,
            List<FormField> fields,
            Map<String, NamedCodeList> parts,
            Set<String> collegeFields,
            Set<String> majorFields) {
        this.record = record;
        this.collection = collection;
        this.zh = zh;
        this.en = en;
        this.ofPersons = ofPersons;
        this.fields = byName(fields);
        this.personal = fields.stream()
                .filter(FormField::personal)
                .map(FormField::name)
                .collect(Collectors.toUnmodifiableSet());
        this.parts = Map.copyOf(parts);
        this.collegeFields = Set.copyOf(collegeFields);
        this.majorFields = Set.copyOf(majorFields);
        this.majors = NamedCodeList.EMPTY;
        this.headings = new HeadingIndex(fields);
        this.siblingForms = List.of();
    }

    private RecordForm(
            RecordForm same,
            Map<String, FormField> fields,
            NamedCodeList majors,
            HeadingIndex headings,
            List<RecordForm> siblingForms) {
        this.record = same.record;
        this.collection = same.collection;
        this.zh = same.zh;
        this.en = same.en;
        this.ofPersons = same.ofPersons;
        this.fields = fields;
        this.personal = same.personal;
        this.parts = same.parts;
        this.collegeFields = same.collegeFields;
        this.majorFields = same.majorFields;
        this.majors = majors;
        this.headings = headings;
        this.siblingForms = List.copyOf(siblingForms);
    }

    private static Map<String, FormField> byName(List<FormField> fields) {
        var byName = new LinkedHashMap<String, FormField>();
        fields.forEach(field -> byName.put(field.name(), field));
        return byName;
    }

    /**
     * Returns the form of a record.
     *
     * @throws IllegalStateException if the record has no description
     */
    public static RecordForm of(String record) {
        return FORMS_BY_RECORD.computeIfAbsent(record, RecordForm::loadForm);
    }

    /** Returns the same form with the service's other records, to detect a file that was sent to the wrong address. */
    public RecordForm withSiblings(Collection<String> records) {
        return new RecordForm(
                this,
                fields,
                majors,
                headings,
                records.stream()
                        .filter(other -> !other.equals(record))
                        .map(RecordForm::of)
                        .toList());
    }

    /** Returns the same form with the colleges whose names a table may have instead of codes. */
    RecordForm withColleges(NamedCodeList colleges) {
        return withCodes(collegeFields, colleges, majors);
    }

    /**
     * Returns the same form with the majors whose names a table may have instead of codes.
     *
     * @param offered whether the template offers them
     */
    RecordForm withMajors(NamedCodeList list, boolean offered) {
        return offered
                ? withCodes(majorFields, list, list)
                : new RecordForm(this, fields, list, headings, siblingForms);
    }

    private RecordForm withCodes(Set<String> coded, NamedCodeList codes, NamedCodeList majors) {
        return new RecordForm(
                this,
                byName(fields.values().stream()
                        .map(field -> coded.contains(field.name()) ? field.withCodes(codes) : field)
                        .toList()),
                majors,
                headings,
                siblingForms);
    }

    /** Returns the same form with the headings that a bureau has mapped. */
    public RecordForm withMapping(ColumnMapping mapping) {
        return new RecordForm(this, fields, majors, headings.withMapping(mapping), siblingForms);
    }

    /** Returns another record with clearly more of the headings than this one; null if there is none. */
    @Nullable
    RecordForm findOtherRecord(List<String> cells) {
        long filled = cells.stream()
                .filter(cell -> !CellTextParser.strip(cell).isEmpty())
                .count();
        int own = HeadingRows.countNamedColumns(cells, headings);
        @Nullable RecordForm best = null;
        int most = own + 1;
        for (var other : siblingForms) {
            int theirs = HeadingRows.countNamedColumns(cells, other.headings);
            if (theirs > most && theirs * 2L > filled) {
                best = other;
                most = theirs;
            }
        }
        return best;
    }

    public String record() {
        return record;
    }

    /** Returns the name of the records in paths, for instance {@code overseas-schools}. */
    public String collection() {
        return collection;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    public List<FormField> fields() {
        return List.copyOf(fields.values());
    }

    public Set<String> fieldNames() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    /** Returns the field, or null if the record has none of this name. */
    public @Nullable FormField field(String name) {
        return fields.get(name);
    }

    /** Returns the column of a field of the record or of the platform ({@code sourceId}); null if there is none. */
    public @Nullable FormField findColumn(String name) {
        var field = fields.get(name);
        return field != null
                ? field
                : HeadingIndex.PLATFORM_COLUMNS.stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElse(null);
    }

    /** Returns the names of the personal fields. */
    public Set<String> personal() {
        return personal;
    }

    /** Returns whether the record is about persons, so that a key may be the name or document number of one. */
    public boolean ofPersons() {
        return ofPersons;
    }

    public HeadingIndex headings() {
        return headings;
    }

    /**
     * Returns whether a heading that the record does not have may be repeated and kept. In a table about persons it may be a
     * name or a number of a document in the wrong row.
     */
    public boolean mayShowHeading(String heading) {
        return !ofPersons
                || headings.looksLikeHeading(heading)
                || personal.isEmpty()
                        && !PersonalValueFilter.mayBePersonal(heading, false)
                        && !headings.mayNamePerson(heading);
    }

    @Override
    public @Nullable String findCode(String path, String text) {
        var codes = majorFields.contains(path) ? null : codesOf(path);
        return codes == null ? null : codes.findCode(text);
    }

    /** Returns the code that a text means. The name of a major is always read with a warning. */
    @Override
    public @Nullable NamedCode findByOtherName(String path, String text) {
        if (majorFields.contains(path)) {
            return majors.findNamed(text.endsWith(MAJOR_WORD) ? text.substring(0, text.length() - 2) : text);
        }
        var codes = codesOf(path);
        return codes == null ? null : codes.findByOtherName(text);
    }

    @Override
    public List<NamedCode> findCandidates(String path, String text) {
        var codes = codesOf(path);
        return codes == null ? List.of() : codes.findCandidates(text);
    }

    @Override
    public List<NamedCode> offeredCodes(String path) {
        var codes = codesOf(path);
        return codes == null ? List.of() : codes.codes();
    }

    /** Returns whether the items of a list are codes or names of a list, so that no comma is part of one. */
    boolean isCoded(FormField field) {
        return field.codes() != null || collegeFields.contains(field.name()) || majorFields.contains(field.name());
    }

    private @Nullable NamedCodeList codesOf(String path) {
        if (majorFields.contains(path)) {
            return majors;
        }
        var field = fields.get(path);
        return field == null ? parts.get(path) : field.codes();
    }

    private static RecordForm loadForm(String record) {
        try (var in = ContractFile.open("records/" + record + ".yaml")) {
            var file = new YAMLMapper().readTree(in);
            var fields = new ArrayList<FormField>();
            var parts = new HashMap<String, NamedCodeList>();
            var colleges = new HashSet<String>();
            var majors = new HashSet<String>();
            for (var described : file.path("fields")) {
                var field = field(described);
                fields.add(field);
                if (described.path("colleges").asBoolean(false)) {
                    colleges.add(field.name());
                }
                if (described.path("majors").asBoolean(false)) {
                    majors.add(field.name());
                }
                for (var part : described.path("parts")) {
                    if (part.has("codes")) {
                        parts.put(
                                field.name() + "/" + part.path("name").asText(),
                                loadCodes(part.path("codes").asText(), part));
                    }
                }
            }
            return new RecordForm(
                    record,
                    file.path("collection").asText(),
                    file.at("/name/zh").asText(),
                    file.at("/name/en").asText(),
                    file.path("persons").asBoolean(false),
                    fields,
                    parts,
                    colleges,
                    majors);
        } catch (IOException e) {
            throw new UncheckedIOException(record, e);
        }
    }

    private static FormField field(JsonNode field) {
        var parts = new ArrayList<String>();
        field.path("parts").forEach(part -> parts.add(part.path("name").asText()));
        var also = new ArrayList<String>();
        field.path("also").forEach(heading -> also.add(heading.asText()));
        return new FormField(
                field.path("name").asText(),
                field.path("zh").asText(),
                field.path("en").asText(),
                also,
                FormField.FieldType.valueOf(field.path("type").asText().toUpperCase(Locale.ROOT)),
                field.has("codes") ? loadCodes(field.path("codes").asText(), field) : null,
                field.path("required").asBoolean(false),
                field.path("personal").asBoolean(false),
                field.path("openEnd").asBoolean(false),
                parts,
                field.at("/explain/zh").asText(),
                field.at("/explain/en").asText(),
                toCellText(field.path("example"), parts));
    }

    private static NamedCodeList loadCodes(String list, JsonNode field) {
        return NamedCodeList.loadWithout(list, field.path("without").asText(""));
    }

    /** Returns a value as text of a cell: items separated by bars, parts by colons. */
    private static String toCellText(JsonNode value, List<String> parts) {
        if (value.isArray()) {
            var items = new ArrayList<String>();
            value.forEach(item -> items.add(toCellText(item, parts)));
            return String.join("|", items);
        }
        return value.isObject()
                ? parts.stream().map(part -> value.path(part).asText()).collect(Collectors.joining(":"))
                : value.asText();
    }
}
