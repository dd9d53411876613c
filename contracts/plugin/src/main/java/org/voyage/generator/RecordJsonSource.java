package org.voyage.generator;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Source of the wire form of a record: its reader and writer. */
final class RecordJsonSource {

    private static final String UNKNOWN = "-unknown";

    private final RecordFile record;
    private final JavaFieldType types;
    private final JavaSource source;

    RecordJsonSource(RecordFile record) {
        this.record = record;
        this.types = new JavaFieldType(record);
        this.source = new JavaSource(record.packageName(), record.className() + "Json");
    }

    JavaSource toSource() {
        String type = record.className();
        source.addLine(
                0,
                "/** Wire form of %s, from contracts/records/%s.yaml. */"
                        .formatted(record.enWithArticle(), record.name()));
        source.addLine(
                0,
                "public class %sJson implements %s<%s> {"
                        .formatted(type, source.use("org.voyage.kit.record.RecordJson"), type));
        record.fields().stream().filter(RecordJsonSource::hasOwnCodes).forEach(this::addCodes);
        addReader();
        addDay();
        addWriter();
        record.fields().forEach(this::addFieldReader);
        if (record.hasPersonalFields()) {
            addMethod(
                    "protected %s readPersonal(%s in)".formatted(source.use(personalClass(record)), reader()),
                    List.of("return SubmittedPersonalData.readFields(in);"));
        }
        source.addLine(0, "}");
        return source;
    }

    /** Returns the class that reads the personal fields of a record. They are stored apart from it. */
    static String personalClass(RecordFile record) {
        return record.servicePackage() + ".personal.SubmittedPersonalData";
    }

    static String capitalize(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** Returns whether the codes are only of this field. Those of countries are shared. */
    private static boolean hasOwnCodes(RecordField field) {
        return field.type() == RecordField.FieldType.CODE && !field.isCountry();
    }

    private void addCodes(RecordField field) {
        String codeSet = source.use("org.voyage.kit.input.CodeSet");
        String file = source.use("org.voyage.kit.reference.CodeListFile");
        boolean isEnum = !field.text("java").isEmpty();
        String type = isEnum ? source.use(types.classOf(field)) : "String";
        source.addLine(0, "");
        source.addLine(1, "public static final %s<%s> %s =".formatted(codeSet, type, constant(field)));
        source.addLine(
                3,
                "%s.codes(\"%s\", \"%s\", %s);"
                        .formatted(file, nounOf(field), field.codes(), isEnum ? type + ".class" : "code -> true"));
    }

    private static String constant(RecordField field) {
        return field.codes().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Returns the noun in the rule that an unknown code breaks, {@code brand} in {@code brand-unknown}. */
    private static String nounOf(RecordField field) {
        String rule = field.text("rule");
        if (!rule.endsWith(UNKNOWN)) {
            throw field.explainFault("needs a rule that ends in " + UNKNOWN);
        }
        return rule.substring(0, rule.length() - UNKNOWN.length());
    }

    private void addReader() {
        source.addLine(0, "");
        source.addLine(1, "@Override");
        source.addLine(1, "public %s readFields(%s in) {".formatted(record.className(), reader()));
        source.addLine(2, "return new " + record.className() + "(");
        List<String> parts = record.fields().stream()
                .map(field -> "read" + capitalize(field.name()) + "(in)")
                .collect(Collectors.toList());
        if (record.hasPersonalFields()) {
            parts.add("readPersonal(in)");
        }
        RecordClassSource.addList(source, 4, parts, ");");
        source.addLine(1, "}");
    }

    private String reader() {
        return source.use("org.voyage.kit.input.FieldReader");
    }

    private void addDay() {
        String date = source.use("java.time.LocalDate");
        boolean isKnown = !record.day().isEmpty();
        RecordField day = isKnown ? record.field(record.day()) : null;
        boolean nullable = day == null || JavaFieldType.isNullable(day);
        String value = day == null
                ? "null"
                : day.isYear()
                        ? "%s.of(record.%s(), %s.DECEMBER, 31)"
                                .formatted(date, day.name(), source.use("java.time.Month"))
                        : "record." + day.name() + "()";
        source.addLine(0, "");
        source.addLine(1, "@Override");
        source.addLine(
                1,
                "public %s%s referenceDay(%s record) {"
                        .formatted(
                                nullable ? "@" + source.use("org.jspecify.annotations.Nullable") + " " : "",
                                date,
                                record.className()));
        source.addLine(2, "return " + value + ";");
        source.addLine(1, "}");
    }

    private void addWriter() {
        source.addLine(0, "");
        source.addLine(1, "@Override");
        source.addLine(
                1,
                "public void writeRecord(%s record, %s generator) throws %s {"
                        .formatted(
                                record.className(),
                                source.use("com.fasterxml.jackson.core.JsonGenerator"),
                                source.use("java.io.IOException")));
        source.addLine(2, "%1$s out = new %1$s(generator);".formatted(source.use("org.voyage.kit.record.FieldWriter")));
        record.fields().forEach(field -> addWrite(2, field, "record"));
        source.addLine(1, "}");
    }

    private void addWrite(int indent, RecordField field, String from) {
        if (field.type() == RecordField.FieldType.OBJECTS) {
            addWriteOfObjects(field);
            return;
        }
        String method = switch (field.type()) {
            case TEXT -> "writeText";
            case CODE -> field.text("java").isEmpty() ? "writeText" : "writeCode";
            case DATE -> "writeDate";
            case INTEGER -> "writeNumber";
            case FLAG -> "writeFlag";
            case TEXTS -> "writeTexts";
            case OBJECTS -> throw field.explainFault("is an object in an object");
        };
        source.addLine(indent, "out.%s(\"%s\", %s.%s());".formatted(method, field.name(), from, field.name()));
    }

    private void addWriteOfObjects(RecordField field) {
        source.addLine(2, "if (!record.%s().isEmpty()) {".formatted(field.name()));
        source.addLine(3, "generator.writeArrayFieldStart(\"%s\");".formatted(field.name()));
        source.addLine(3, "for (%s item : record.%s()) {".formatted(source.use(types.classOf(field)), field.name()));
        source.addLine(4, "generator.writeStartObject();");
        field.parts().forEach(part -> addWrite(4, part, "item"));
        source.addLine(4, "generator.writeEndObject();");
        source.addLine(3, "}");
        source.addLine(3, "generator.writeEndArray();");
        source.addLine(2, "}");
    }

    private void addFieldReader(RecordField field) {
        if (field.type() != RecordField.FieldType.OBJECTS) {
            addMethod(
                    "protected %s read%s(%s in)"
                            .formatted(types.declare(field, source), capitalize(field.name()), reader()),
                    List.of("return " + readingOf(field) + ";"));
            return;
        }
        String type = source.use(types.classOf(field));
        String list = source.use("java.util.List");
        String names =
                field.parts().stream().map(part -> "\"" + part.name() + "\"").collect(Collectors.joining(", "));
        String readings = field.parts().stream().map(this::readingOf).collect(Collectors.joining(", "));
        addMethod(
                "protected %s read%s(%s in)"
                        .formatted(types.declare(field, source), capitalize(field.name()), reader()),
                List.of("return in.readObjects(\"%s\", %s.of(%s), %d, %d, %sJson::read%s);"
                        .formatted(
                                field.name(),
                                list,
                                names,
                                least(field),
                                field.number("items"),
                                record.className(),
                                type)));
        addMethod(
                "private static %s read%s(%s in)".formatted(type, type, reader()),
                List.of("return new %s(%s);".formatted(type, readings)));
    }

    private static int least(RecordField field) {
        return field.isRequired() ? 1 : 0;
    }

    private String readingOf(RecordField field) {
        String optional = field.isRequired() ? "" : "Optional";
        return switch (field.type()) {
            case TEXT -> "in.read%sText(\"%s\", %s)".formatted(optional, field.name(), formatOf(field));
            case CODE -> "in.read%sCode(\"%s\", %s)".formatted(optional, field.name(), codesOf(field));
            case DATE -> "in.read%sDate(\"%s\")".formatted(optional, field.name());
            case INTEGER -> readingOfNumber(field);
            case FLAG -> "in.readFlag(\"%s\")".formatted(field.name());
            case TEXTS ->
                "in.readTexts(\"%s\", %s, %d, %d)"
                        .formatted(field.name(), listFormatOf(field), least(field), field.number("items"));
            case OBJECTS -> throw field.explainFault("is an object in an object");
        };
    }

    private static String readingOfNumber(RecordField field) {
        String method = field.isYear() ? "Year" : field.isRequired() ? "Integer" : "OptionalInteger";
        String rule = field.text("rule").isEmpty() ? "" : "\"" + field.text("rule") + "\", ";
        return "in.read%s(\"%s\", %s%d, %d)"
                .formatted(method, field.name(), rule, field.number("min"), field.number("max"));
    }

    private String codesOf(RecordField field) {
        if (!field.isCountry()) {
            return constant(field);
        }
        return serviceCodes() + (field.text("without").equals("home") ? ".FOREIGN_COUNTRIES" : ".COUNTRIES");
    }

    private String formatOf(RecordField field) {
        if (!field.parent().isEmpty()) {
            return source.use("org.voyage.kit.input.SourceId") + ".FORMAT";
        }
        return field.isCollege()
                ? serviceCodes() + ".COLLEGE_CODE"
                : field.isMajor() ? serviceCodes() + ".MAJOR_CODE" : String.valueOf(field.number("max"));
    }

    private String listFormatOf(RecordField field) {
        String format = formatOf(field);
        return format.contains(".") ? format : source.use("org.voyage.kit.input.TextFormat") + ".upTo(" + format + ")";
    }

    /** Returns the class with the codes and formats that the records of the service share. */
    private String serviceCodes() {
        return source.use(record.servicePackage() + "." + capitalize(record.service()) + "Codes");
    }

    private void addMethod(String declaration, List<String> body) {
        source.addLine(0, "");
        source.addLine(1, declaration + " {");
        body.forEach(line -> source.addLine(2, line));
        source.addLine(1, "}");
    }
}
