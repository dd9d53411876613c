package org.voyage.kit.apidoc;

import org.eclipse.microprofile.openapi.models.media.Schema;

/** What is answered around records, whichever they are. */
final class RecordSchemas {

    private RecordSchemas() {}

    /** A record as it is answered: what the platform knows of it around what its sender said. */
    static Schema envelope(Schema record) {
        return Parts.of(Schema.SchemaType.OBJECT)
                .addProperty("province", Parts.text())
                .addProperty("sourceId", Parts.text())
                .addProperty(
                        "version", Parts.of(Schema.SchemaType.INTEGER).description("Grows by one with every change"))
                .addProperty("recordedAt", Parts.text().format("date-time"))
                .addProperty("cause", cause())
                .addProperty("withdrawn", Parts.of(Schema.SchemaType.BOOLEAN))
                .addProperty("reason", Parts.orNull(Parts.text()).description("Why it was withdrawn"))
                .addProperty("movedTo", Parts.text().description("sourceId under which it goes on"))
                .addProperty("record", record)
                .addProperty(
                        "warnings",
                        Parts.of(Schema.SchemaType.ARRAY)
                                .items(Parts.ref("Warning"))
                                .description("What is odd about it; it was stored all the same"));
    }

    static Schema warning() {
        return Parts.of(Schema.SchemaType.OBJECT)
                .addProperty("pointer", Parts.text())
                .addProperty("rule", Parts.text())
                .addProperty("detail", Parts.text())
                .addProperty("detailZh", Parts.text());
    }

    static Schema parkedRows() {
        Schema row = waits().addProperty("type", Parts.text().description("Which record it is"))
                .addProperty("parkedAt", Parts.text().format("date-time"))
                .addProperty("cause", cause())
                .addProperty("record", Parts.of(Schema.SchemaType.OBJECT));
        return pageOf(row);
    }

    static Schema pageOf(Schema item) {
        return Parts.of(Schema.SchemaType.OBJECT)
                .addProperty("items", Parts.of(Schema.SchemaType.ARRAY).items(item))
                .addProperty("next", Parts.orNull(Parts.text()).description("cursor of the next page"));
    }

    private static Schema cause() {
        return Parts.of(Schema.SchemaType.OBJECT)
                .description("What brought it, and who sent it")
                .addProperty("kind", Parts.text())
                .addProperty("id", Parts.text())
                .addProperty("actor", Parts.text());
    }

    static Schema parked() {
        return waits().addProperty("parked", Parts.of(Schema.SchemaType.BOOLEAN))
                .addProperty(
                        "parkedAt",
                        Parts.text()
                                .format("date-time")
                                .description("Since when it waits; sent again as it is, it goes on waiting"));
    }

    private static Schema waits() {
        return Parts.of(Schema.SchemaType.OBJECT)
                .addProperty("province", Parts.text())
                .addProperty("sourceId", Parts.text())
                .addProperty(
                        "waitsFor",
                        Parts.of(Schema.SchemaType.OBJECT)
                                .addProperty("record", Parts.text())
                                .addProperty("sourceId", Parts.text()))
                .addProperty("warnings", Parts.of(Schema.SchemaType.ARRAY).items(Parts.ref("Warning")));
    }
}
