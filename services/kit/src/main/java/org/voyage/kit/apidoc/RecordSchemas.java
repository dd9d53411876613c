package org.voyage.kit.apidoc;

import org.eclipse.microprofile.openapi.models.media.Schema;

/** Schemas of the responses that are the same for all records. */
final class RecordSchemas {

    private RecordSchemas() {}

    /** Returns the schema of a record in a response: the sender's fields in the envelope of the platform. */
    static Schema envelope(Schema record) {
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
                .addProperty("record", record)
                .addProperty(
                        "warnings",
                        OpenApiElements.of(Schema.SchemaType.ARRAY)
                                .items(OpenApiElements.ref("Warning"))
                                .description("Plausibility warnings; the record is stored nevertheless"));
    }

    static Schema warning() {
        return OpenApiElements.of(Schema.SchemaType.OBJECT)
                .addProperty("pointer", OpenApiElements.text())
                .addProperty("rule", OpenApiElements.text())
                .addProperty("detail", OpenApiElements.text())
                .addProperty("detailZh", OpenApiElements.text());
    }

    static Schema parkedRows() {
        Schema row = waitingRecordSchema()
                .addProperty("type", OpenApiElements.text().description("Which record it is"))
                .addProperty("parkedAt", OpenApiElements.text().format("date-time"))
                .addProperty("cause", cause())
                .addProperty("record", OpenApiElements.of(Schema.SchemaType.OBJECT));
        return pageOf(row);
    }

    static Schema pageOf(Schema item) {
        return OpenApiElements.of(Schema.SchemaType.OBJECT)
                .addProperty(
                        "items", OpenApiElements.of(Schema.SchemaType.ARRAY).items(item))
                .addProperty(
                        "next",
                        OpenApiElements.nullable(OpenApiElements.text()).description("cursor of the next page"));
    }

    private static Schema cause() {
        return OpenApiElements.of(Schema.SchemaType.OBJECT)
                .description("What brought it, and who sent it")
                .addProperty("kind", OpenApiElements.text())
                .addProperty("id", OpenApiElements.text())
                .addProperty("actor", OpenApiElements.text());
    }

    static Schema parked() {
        return waitingRecordSchema()
                .addProperty("parked", OpenApiElements.of(Schema.SchemaType.BOOLEAN))
                .addProperty(
                        "parkedAt",
                        OpenApiElements.text()
                                .format("date-time")
                                .description("Since when it waits; sent again as it is, it goes on waiting"));
    }

    private static Schema waitingRecordSchema() {
        return OpenApiElements.of(Schema.SchemaType.OBJECT)
                .addProperty("province", OpenApiElements.text())
                .addProperty("sourceId", OpenApiElements.text())
                .addProperty(
                        "waitsFor",
                        OpenApiElements.of(Schema.SchemaType.OBJECT)
                                .addProperty("record", OpenApiElements.text())
                                .addProperty("sourceId", OpenApiElements.text()))
                .addProperty(
                        "warnings", OpenApiElements.of(Schema.SchemaType.ARRAY).items(OpenApiElements.ref("Warning")));
    }
}
