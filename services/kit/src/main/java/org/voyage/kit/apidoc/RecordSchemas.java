package org.voyage.kit.apidoc;

import java.util.List;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Schemas of the responses that are the same for all records. */
final class RecordSchemas {
    /** Name of the schema of one finding: an error or a warning. */
    static final String FINDING = "Finding";

    private RecordSchemas() {}

    /**
     * Returns the schema of a record in a response: the sender's fields in the envelope of the platform.
     *
     * @param always present properties
     */
    static Schema envelope(Schema fields, List<String> always) {
        return OpenApiElements.of(Schema.SchemaType.OBJECT)
                .addProperty("province", OpenApiElements.text())
                .addProperty("sourceId", OpenApiElements.text())
                .addProperty(
                        "version",
                        OpenApiElements.of(Schema.SchemaType.INTEGER).description("Grows by one with every change"))
                .addProperty("recordedAt", OpenApiElements.text().format("date-time"))
                .addProperty("cause", cause())
                .addProperty("withdrawn", OpenApiElements.of(Schema.SchemaType.BOOLEAN))
                .addProperty(
                        "reason",
                        OpenApiElements.nullable(OpenApiElements.text()).description("Why it was withdrawn"))
                .addProperty("movedTo", OpenApiElements.text().description("sourceId under which it goes on"))
                .addProperty("fields", fields)
                .addProperty("warnings", warnings())
                .required(always);
    }

    private static Schema warnings() {
        return OpenApiElements.of(Schema.SchemaType.ARRAY)
                .items(OpenApiElements.ref(FINDING))
                .description("What is stored nevertheless and should be checked; absent where there is nothing");
    }

    static Schema finding() {
        return OpenApiElements.of(Schema.SchemaType.OBJECT)
                .description("One remark about one part of a request: an error or a warning")
                .addProperty(
                        "pointer",
                        OpenApiElements.text().description("Where in the body (JSON Pointer) or which parameter"))
                .addProperty("rule", OpenApiElements.text().description("Name of the rule, see /v1/rules"))
                .addProperty("detail", OpenApiElements.text())
                .addProperty("detailZh", OpenApiElements.text())
                .required(List.of("pointer", "rule", "detail", "detailZh"));
    }

    static Schema parkedRows() {
        Schema row = waitingRecordSchema()
                .addProperty("record", OpenApiElements.text().description("The type of the record"))
                .addProperty("parkedAt", OpenApiElements.text().format("date-time"))
                .addProperty("cause", cause())
                .addProperty("fields", OpenApiElements.of(Schema.SchemaType.OBJECT))
                .required(List.of("province", "sourceId", "waitsFor", "record", "parkedAt", "cause", "fields"));
        return pageOf(row);
    }

    static Schema pageOf(Schema item) {
        return OpenApiElements.of(Schema.SchemaType.OBJECT)
                .addProperty(
                        "items", OpenApiElements.of(Schema.SchemaType.ARRAY).items(item))
                .addProperty(
                        "next", OpenApiElements.nullable(OpenApiElements.text()).description("cursor of the next page"))
                .required(List.of("items", "next"));
    }

    private static Schema cause() {
        return OpenApiElements.of(Schema.SchemaType.OBJECT)
                .description("What brought it, and who sent it")
                .addProperty("kind", OpenApiElements.text())
                .addProperty("id", OpenApiElements.text())
                .addProperty("actor", OpenApiElements.text())
                .required(List.of("kind", "id", "actor"));
    }

    static Schema parked() {
        return waitingRecordSchema()
                .addProperty("parked", OpenApiElements.of(Schema.SchemaType.BOOLEAN))
                .addProperty(
                        "parkedAt",
                        OpenApiElements.text()
                                .format("date-time")
                                .description("Since when it waits; sent again as it is, it goes on waiting"))
                .required(List.of("province", "sourceId", "waitsFor", "parked", "parkedAt"));
    }

    private static Schema waitingRecordSchema() {
        return OpenApiElements.of(Schema.SchemaType.OBJECT)
                .addProperty("province", OpenApiElements.text())
                .addProperty("sourceId", OpenApiElements.text())
                .addProperty(
                        "waitsFor",
                        OpenApiElements.of(Schema.SchemaType.OBJECT)
                                .addProperty("record", OpenApiElements.text())
                                .addProperty("sourceId", OpenApiElements.text())
                                .required(List.of("record", "sourceId")))
                .addProperty("warnings", warnings());
    }
}
