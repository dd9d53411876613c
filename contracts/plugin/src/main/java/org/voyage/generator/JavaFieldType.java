package org.voyage.generator;

/** Java type of a field of a record. */
final class JavaFieldType {

    private static final String NULLABLE = "org.jspecify.annotations.Nullable";

    private final RecordFile record;

    JavaFieldType(RecordFile record) {
        this.record = record;
    }

    /** Returns the type of a declaration, and imports what it needs. */
    String declare(RecordField field, JavaSource source) {
        String type = switch (field.type()) {
            case TEXT -> "String";
            case CODE -> field.text("java").isEmpty() ? "String" : source.use(classOf(field));
            case DATE -> source.use("java.time.LocalDate");
            case INTEGER -> field.isYear() ? "int" : field.isRequired() ? "long" : "Long";
            case FLAG -> declareFlag(field);
            case TEXTS -> source.use("java.util.List") + "<String>";
            case OBJECTS -> source.use("java.util.List") + "<" + source.use(classOf(field)) + ">";
        };
        return isNullable(field) ? "@" + source.use(NULLABLE) + " " + type : type;
    }

    private static String declareFlag(RecordField field) {
        if (!field.isRequired()) {
            throw field.explainFault("is a flag and needs required: true, because yes and no are its only values");
        }
        return "boolean";
    }

    /** Returns whether the field is null when it is absent. An absent list is empty. */
    static boolean isNullable(RecordField field) {
        return !field.isRequired()
                && field.type() != RecordField.FieldType.TEXTS
                && field.type() != RecordField.FieldType.OBJECTS;
    }

    /** Returns the class of a field's codes or objects: in the package of the record, unless the file names another. */
    String classOf(RecordField field) {
        String name = field.text("java");
        return (name.contains(".") ? record.servicePackage() : record.packageName()) + "." + name;
    }
}
