package org.voyage.kit.record.apidoc;

import java.util.List;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.voyage.kit.apidoc.OpenApiElements;

/** Schemas of the responses that are the same for all records. */
final class RecordSchemas {
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
                        OpenApiElements.of(Schema.SchemaType.INTEGER)
                                .description("Grows by one with every change / 版本号，每次变更加一"))
                .addProperty("recordedAt", OpenApiElements.text().format("date-time"))
                .addProperty("cause", cause())
                .addProperty("withdrawn", OpenApiElements.of(Schema.SchemaType.BOOLEAN))
                .addProperty(
                        "reason",
                        OpenApiElements.nullable(OpenApiElements.text()).description("Reason of the withdrawal / 撤回原因"))
                .addProperty(
                        "movedTo",
                        OpenApiElements.text().description("sourceId under which the record goes on / 记录今后使用的编号"))
                .addProperty("fields", fields)
                .addProperty("warnings", warnings())
                .required(always);
    }

    private static Schema warnings() {
        return OpenApiElements.of(Schema.SchemaType.ARRAY)
                .items(OpenApiElements.ref(OpenApiElements.FINDING))
                .description(
                        "Findings about stored values that should be checked; absent if there are none / 已入库但需核对的内容，没有则省略");
    }

    static Schema parkedRows() {
        Schema row = waitingRecordSchema()
                .addProperty("record", OpenApiElements.text().description("Type of the record / 记录类型"))
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
                        "next",
                        OpenApiElements.nullable(OpenApiElements.text())
                                .description("Cursor of the next page; null on the last / 下一页游标，末页为 null"))
                .required(List.of("items", "next"));
    }

    private static Schema cause() {
        return OpenApiElements.of(Schema.SchemaType.OBJECT)
                .description("Request or batch that made the change, and its sender / 变更的来源和报送方")
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
                                .description(
                                        "Time since which the row waits; the same row sent again keeps it / 开始等待的时间，原样重报不变"))
                .required(List.of("province", "sourceId", "waitsFor", "parked", "parkedAt"));
    }

    private static Schema suggestion() {
        return OpenApiElements.of(Schema.SchemaType.OBJECT)
                .description("Record that may be meant; in the list of parked rows, absent if there is none"
                        + " / 可能所指的记录，仅在待处理列表中，没有则省略")
                .addProperty("sourceId", OpenApiElements.text())
                .addProperty("name", OpenApiElements.text())
                .required(List.of("sourceId", "name"));
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
                                .addProperty("suggestion", suggestion())
                                .required(List.of("record", "sourceId")))
                .addProperty("warnings", warnings());
    }
}
