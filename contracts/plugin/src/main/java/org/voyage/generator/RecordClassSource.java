package org.voyage.generator;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Source of the Java record of a record, and of the records of its objects. */
final class RecordClassSource {

    private final RecordFile record;
    private final JavaFieldType types;

    RecordClassSource(RecordFile record) {
        this.record = record;
        this.types = new JavaFieldType(record);
    }

    JavaSource recordSource() {
        JavaSource source = new JavaSource(record.packageName(), record.className());
        source.addLine(0, "/**");
        source.addLine(
                0, " * Record of %s, from contracts/records/%s.yaml.".formatted(record.enWithArticle(), record.name()));
        source.addLine(0, " *");
        record.fields()
                .forEach(field -> source.addLine(0, " * @param " + field.name() + " " + field.explanation("en")));
        if (record.hasPersonalFields()) {
            source.addLine(0, " * @param personal data that came with the record; it is no part of its wire form");
        }
        source.addLine(0, " */");
        source.addLine(0, "public record " + record.className() + "(");
        List<String> components = record.fields().stream()
                .map(field -> types.declare(field, source) + " " + field.name())
                .collect(Collectors.toList());
        if (record.hasPersonalFields()) {
            components.add(source.use(RecordJsonSource.personalClass(record)) + " personal");
        }
        addList(source, 2, components, ")" + implemented(source) + " {");
        record.fields().stream().filter(field -> !field.parent().isEmpty()).forEach(field -> addWither(source, field));
        source.addLine(0, "}");
        return source;
    }

    List<JavaSource> partSources() {
        return record.fields().stream()
                .filter(field -> !field.parts().isEmpty())
                .map(this::partSource)
                .toList();
    }

    private JavaSource partSource(RecordField field) {
        JavaSource source = JavaSource.of(types.classOf(field));
        source.addLine(0, "/**");
        source.addLine(
                0,
                " * One of the %s of a record, from contracts/records."
                        .formatted(field.text("en").toLowerCase(Locale.ROOT)));
        source.addLine(0, " *");
        field.parts().forEach(part -> source.addLine(0, " * @param " + part.name() + " " + part.explanation("en")));
        source.addLine(0, " */");
        source.addLine(0, "public record " + source.className() + "(");
        addList(
                source,
                2,
                field.parts().stream()
                        .map(part -> types.declare(part, source) + " " + part.name())
                        .toList(),
                ") {}");
        return source;
    }

    /** Returns the enums of the codes of this record. */
    List<JavaSource> enumSources(Path contracts) {
        return record.fields().stream()
                .filter(field -> field.type() == RecordField.FieldType.CODE
                        && !field.text("java").isEmpty())
                .map(field -> enumSource(field, contracts))
                .toList();
    }

    private JavaSource enumSource(RecordField field, Path contracts) {
        JavaSource source = JavaSource.of(types.classOf(field));
        source.addLine(0, "/** Codes of contracts/reference/%s.csv. */".formatted(field.codes()));
        source.addLine(0, "public enum " + source.className() + " {");
        addList(
                source,
                1,
                field.readCodes(contracts).stream()
                        .map(code -> code.toUpperCase(Locale.ROOT).replace('-', '_'))
                        .toList(),
                "");
        source.addLine(0, "}");
        return source;
    }

    private String implemented(JavaSource source) {
        return record.interfaceName().isEmpty()
                ? ""
                : " implements " + source.use(record.servicePackage() + "." + record.interfaceName());
    }

    /** A record goes on with another parent when the parent gets another key. */
    private void addWither(JavaSource source, RecordField changed) {
        String name = changed.name();
        source.addLine(0, "");
        source.addLine(1, "/** Returns the same record with another %s. */".formatted(name));
        source.addLine(
                1,
                "%s with%s(%s %s) {"
                        .formatted(
                                record.className(),
                                RecordJsonSource.capitalize(name),
                                types.declare(changed, source),
                                name));
        source.addLine(2, "return new " + record.className() + "(");
        addList(source, 4, record.fields().stream().map(RecordField::name).toList(), ");");
        source.addLine(1, "}");
    }

    static void addList(JavaSource source, int indent, List<String> items, String end) {
        for (int i = 0; i < items.size(); i++) {
            source.addLine(indent, items.get(i) + (i == items.size() - 1 ? end : ","));
        }
    }
}
