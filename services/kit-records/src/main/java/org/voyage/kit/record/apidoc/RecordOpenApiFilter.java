package org.voyage.kit.record.apidoc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.smallrye.openapi.runtime.io.OpenApiParser;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.tags.Tag;
import org.voyage.kit.apidoc.ContractFiles;
import org.voyage.kit.apidoc.ExamplesOpenApiFilter;
import org.voyage.kit.apidoc.OpenApiElements;
import org.voyage.kit.bulk.format.BatchFormat;
import org.voyage.kit.outbox.Receipt;

/** OpenAPI filter that describes the requests and responses of every record of a service. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 300)
public class RecordOpenApiFilter implements OASFilter {
    /** {@code record:parent}, for each record whose PUT may be answered with 202 because its parent is missing. */
    private static final String PARKABLE_RECORDS_PROPERTY = "voyage.api-document.waiting";

    /** Records whose merge may find duplicate children under both records. */
    private static final String KEEP_RECORDS_PROPERTY = "voyage.api-document.keep";

    private static final String IF_MATCH_DESCRIPTION = "Only if it has this version, e.g. \"3\" / 仅当版本一致";
    private static final String MERGE_DESCRIPTION =
            "What belongs to the record goes on under the other. Where both have one that says the same (of one year and"
                    + " major; of one enterprise and first day) only one of the two may count: without `keep` the merge"
                    + " is refused (409, `said-by-both`) and names them. `target`: those of the record that remains stand;"
                    + " `source`: those of the record that goes. The others go on in them: withdrawn, with `movedTo`."
                    + " / 所属数据随之转移。双方有同一数据（同年同专业；同企业同日开班）时，只能有一条计入统计："
                    + "未指明 `keep` 则退回（409，`said-by-both`）并逐条列出；`target` 以保留的记录为准，"
                    + "`source` 以被合并的记录为准，另一方的数据并入其中。";
    private static final String READ_DESCRIPTION = "As asked / 查询结果";

    private static final List<String> IN_OPEN_YEARS = List.of("province", "sourceId", "version", "withdrawn", "fields");
    private static final List<String> ALWAYS =
            List.of("province", "sourceId", "version", "recordedAt", "cause", "withdrawn", "reason", "fields");

    /** The path of one record, below its collection. */
    private static final String RECORD_KEY_PATH = "/{province}/{sourceId}";

    private final List<RecordContract> all = RecordContract.loadAll();
    private final Map<String, String> waiting = ConfigProvider.getConfig()
            .getOptionalValue(PARKABLE_RECORDS_PROPERTY, String.class)
            .map(pairs -> Arrays.stream(pairs.split(","))
                    .map(pair -> pair.strip().split(":"))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])))
            .orElse(Map.of());

    private final List<String> keep = ConfigProvider.getConfig()
            .getOptionalValues(KEEP_RECORDS_PROPERTY, String.class)
            .orElse(List.of());

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        var paths = document.getPaths().getPathItems().keySet();
        var records =
                all.stream().filter(record -> paths.contains(record.path())).toList();
        if (records.isEmpty()) {
            return;
        }
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        records.forEach(record -> addSchemas(document.getComponents(), record));
        Optional.ofNullable(document.getPaths().getPathItem("/v1/parked"))
                .ifPresent(item -> item.getGET()
                        .getResponses()
                        .addAPIResponse(
                                "200",
                                describedResponse(
                                        READ_DESCRIPTION, OpenApiElements.json(RecordSchemas.parkedRows(), null))));
        if (!waiting.isEmpty()) {
            document.getComponents().addSchema("ParkedAnswer", RecordSchemas.parked());
        }
        records.forEach(record -> describeOperation(document, record));
    }

    private void describeOperation(OpenAPI document, RecordContract record) {
        var names = RecordNames.of(record, chineseName(document, record));
        PathItem list = document.getPaths().getPathItem(record.path());
        list.setGET(names.addListTitle(list.getGET()));
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.equals(record.path()) || path.startsWith(record.path() + "/")) {
                String below = path.substring(record.path().length()).replace("{year}", "{sourceId}");
                item.getOperations().forEach((method, operation) -> {
                    names.fill(operation);
                    describeOperation(method + " " + below, operation, record);
                });
            }
        });
    }

    private static String chineseName(OpenAPI document, RecordContract record) {
        return Optional.ofNullable(document.getTags()).stream()
                .flatMap(List::stream)
                .filter(tag -> record.path().equals("/v1/" + tag.getName()) && tag.getDescription() != null)
                .findFirst()
                .map(Tag::getDescription)
                .orElseThrow(
                        () -> new IllegalStateException("a resource needs @Tag with a description: " + record.path()));
    }

    private static void addSchemas(Components components, RecordContract record) {
        var name = record.schemaName();
        components.addSchema(name, toSchema(record.schema(), record.created().path("after")));
        components.addSchema(
                name + "Version",
                RecordSchemas.envelope(OpenApiElements.ref(name), record.isYearClose() ? IN_OPEN_YEARS : ALWAYS));
        if (!record.personal().isEmpty()) {
            components.addSchema(name + "Sent", toSchema(record.requestSchema(), record.requestExample()));
        }
    }

    private static Schema toSchema(ObjectNode jsonSchema, JsonNode example) {
        Schema schema = OpenApiParser.parseSchema(jsonSchema.toString());
        return schema.addExample(ContractFiles.toPlainValue(example));
    }

    /**
     * Describes an operation of a record.
     *
     * @param shape method and path below the collection; a service describes its other operations itself
     */
    private void describeOperation(String shape, Operation operation, RecordContract record) {
        switch (shape) {
            case "GET " -> read(operation, pageContent(true, record));
            case "GET /template.xlsx" -> template(operation);
            case "POST /batches" -> describeBatch(operation, record);
            case "PUT " + RECORD_KEY_PATH -> describePut(operation, record);
            case "DELETE " + RECORD_KEY_PATH -> describeWithdraw(operation, record);
            case "GET " + RECORD_KEY_PATH -> describeGet(operation, record);
            case "GET " + RECORD_KEY_PATH + "/history" -> read(operation, pageContent(false, record));
            case "POST " + RECORD_KEY_PATH + "/rename" -> describeMove("sourceId", operation, record);
            case "POST " + RECORD_KEY_PATH + "/merge" -> describeMerge(operation, record);
            default -> {
                return;
            }
        }
        describeParameters(operation, record);
    }

    private static void describeParameters(Operation operation, RecordContract record) {
        if (operation.getParameters() == null) {
            return;
        }
        for (Parameter parameter : operation.getParameters()) {
            JsonNode property = record.schema().path("properties").path(parameter.getName());
            if (property.isObject()) {
                if (parameter.getDescription() == null) {
                    parameter.description(property.path("description").asText());
                }
                parameter.schema(OpenApiElements.of(Schema.SchemaType.ARRAY).items(filterType(property)));
                JsonNode example = record.created().path("after").path(parameter.getName());
                if (parameter.getExample() == null && example.isValueNode() && !example.isNull()) {
                    parameter.example(example.asText());
                }
            } else if (parameter.getName().equals("sourceId") && parameter.getExample() == null) {
                parameter.example(record.created().path("sourceId").asText());
            }
        }
    }

    /** Returns the type of one value of a filter: codes and whole numbers as in the record, other values as text. */
    private static Schema filterType(JsonNode property) {
        if (property.has("enum")) {
            return OpenApiParser.parseSchema(ContractFiles.JSON
                    .createObjectNode()
                    .put("type", "string")
                    .set("enum", property.path("enum"))
                    .toString());
        }
        return OpenApiElements.of(
                property.path("type").asText().equals("integer")
                        ? Schema.SchemaType.INTEGER
                        : Schema.SchemaType.STRING);
    }

    private void describePut(Operation operation, RecordContract record) {
        var body = record.schemaName() + (record.personal().isEmpty() ? "" : "Sent");
        operation.setRequestBody(OASFactory.createRequestBody()
                .required(true)
                .content(OpenApiElements.json(
                        OpenApiElements.ref(body), ContractFiles.toPlainValue(record.requestExample()))));
        operation.addParameter(OpenApiElements.headerParameter("If-Match", IF_MATCH_DESCRIPTION));
        operation.addParameter(
                OpenApiElements.headerParameter("If-None-Match", "* : only if it is not there / 仅当尚不存在"));
        APIResponses responses = operation.getResponses();
        var created = recordContent(record, record.created());
        responses.addAPIResponse("201", writtenResponse("Created / 已新增", created));
        responses.addAPIResponse(
                "200", writtenResponse("Corrected, or unchanged at the same version / 已更正或无变化", created));
        if (waiting.containsKey(record.name())) {
            responses.addAPIResponse(
                    "202",
                    receivedResponse(
                            "Parked: applied when what it belongs to comes / 已暂存，待所属记录报送后入库",
                            OpenApiElements.json(
                                    OpenApiElements.ref("ParkedAnswer"),
                                    ContractFiles.toPlainValue(parkedExample(record)))));
        }
    }

    private ObjectNode parkedExample(RecordContract record) {
        ObjectNode example = ContractFiles.JSON.createObjectNode();
        example.set("province", record.created().path("province"));
        example.set("sourceId", record.created().path("sourceId"));
        example.put("parked", true);
        example.put("parkedAt", "2026-11-24T10:00:00.123456Z");
        var parent = waiting.getOrDefault(record.name(), "");
        example.putObject("waitsFor")
                .put("record", parent)
                .set(
                        "sourceId",
                        RecordContract.find(parent)
                                .map(it -> it.created().path("sourceId"))
                                .orElseThrow(() -> new IllegalStateException(
                                        PARKABLE_RECORDS_PROPERTY + " names no record: " + parent)));
        return example;
    }

    private void describeWithdraw(Operation operation, RecordContract record) {
        operation.addParameter(OpenApiElements.headerParameter("If-Match", IF_MATCH_DESCRIPTION));
        APIResponses responses = operation.getResponses();
        responses.addAPIResponse("200", writtenResponse("Withdrawn / 已撤回", recordContent(record, record.withdrawn())));
        if (waiting.containsKey(record.name())) {
            responses.addAPIResponse(
                    "204",
                    OASFactory.createAPIResponse()
                            .description("The parked row is removed; there was no record / 已删除暂存数据，该记录未曾入库"));
        }
    }

    private static void describeGet(Operation operation, RecordContract record) {
        read(operation, recordContent(record, record.created()));
        operation
                .getResponses()
                .addAPIResponse(
                        "304",
                        OASFactory.createAPIResponse().description("It still has the version of If-None-Match / 未变化"));
        operation.addParameter(OpenApiElements.headerParameter(
                "If-None-Match", "Only if it has another version than this, e.g. \"3\" / 仅当版本已变化时返回"));
        operation
                .getResponses()
                .addAPIResponse(
                        "308",
                        describedResponse(
                                        "It goes on under another key / 记录已改用新编号",
                                        versionContent(record, record.movedExample()))
                                .addHeader("Location", OpenApiElements.header("Where / 新地址")));
    }

    private static void read(Operation operation, Content content) {
        operation.getResponses().addAPIResponse("200", describedResponse(READ_DESCRIPTION, content));
    }

    private static void template(Operation operation) {
        operation
                .getResponses()
                .addAPIResponse(
                        "200",
                        describedResponse(
                                "A spreadsheet to fill in / 填报模板",
                                OASFactory.createContent()
                                        .addMediaType(
                                                BatchFormat.XLSX_TYPE,
                                                OASFactory.createMediaType().schema(OpenApiElements.file()))));
    }

    private void describeMerge(Operation operation, RecordContract record) {
        Schema schema = describeMove("into", operation, record);
        if (keep.contains(record.name())) {
            operation.description(MERGE_DESCRIPTION);
            schema.addProperty(
                    "keep",
                    OpenApiElements.text()
                            .description("Whose stand where both have one that says the same / 双方有同一数据时以哪一方为准")
                            .enumeration(List.of("target", "source")));
        }
    }

    private static Schema describeMove(String target, Operation operation, RecordContract record) {
        Schema schema = OpenApiElements.of(Schema.SchemaType.OBJECT)
                .addProperty(target, OpenApiElements.text().description("sourceId under which it goes on / 新编号"))
                .addProperty("reason", OpenApiElements.text().description("Why, up to 500 characters / 原因"))
                .required(List.of(target, "reason"));
        var example = Map.of(target, record.created().path("sourceId").asText() + "-A", "reason", "编号重复");
        operation.setRequestBody(OASFactory.createRequestBody()
                .required(true)
                .content(OpenApiElements.json(schema, new TreeMap<>(example))));
        operation.addParameter(OpenApiElements.headerParameter("If-Match", IF_MATCH_DESCRIPTION));
        operation
                .getResponses()
                .addAPIResponse(
                        "200",
                        writtenResponse(
                                "It goes on under the other key / 记录已改用新编号", recordContent(record, record.created())));
        return schema;
    }

    private static void describeBatch(Operation operation, RecordContract record) {
        operation.getRequestBody().getContent().getMediaTypes().forEach((type, media) -> {
            switch (type) {
                case BatchFormat.NDJSON_TYPE ->
                    media.schema(OpenApiElements.text()).example(record.rowExample() + "\n");
                case BatchFormat.CSV_TYPE ->
                    media.schema(OpenApiElements.text()).example(record.csvExample());
                default -> media.schema(OpenApiElements.file());
            }
        });
        operation.addParameter(OpenApiElements.headerParameter(
                "Prefer", "respond-async: answered as soon as the file is here / 文件收妥后立即应答"));
        operation.addParameter(OpenApiElements.headerParameter(
                "Content-Disposition",
                "Name of the file, shown in the list of batches: attachment; filename*=UTF-8''… / 文件名，在批次列表中显示"));
        var done = ExamplesOpenApiFilter.findKitExample("POST /v1/*/batches");
        Map.of(
                        "200", "What became of its rows, by count / 各行处理结果计数",
                        "202", "The file is here and goes on by itself; see Location / 文件已收妥，处理结果见 Location")
                .forEach((status, description) -> operation
                        .getResponses()
                        .addAPIResponse(
                                status,
                                receivedResponse(
                                                description,
                                                OpenApiElements.json(
                                                        OpenApiElements.ref("Batch"),
                                                        ContractFiles.toPlainValue(done.path(status))))
                                        .addHeader("Location", OpenApiElements.header("The batch / 批次地址"))));
        // The answer to dryRun=changes.
        operation
                .getResponses()
                .getAPIResponse("200")
                .getContent()
                .addMediaType(
                        BatchFormat.NDJSON_TYPE,
                        OASFactory.createMediaType()
                                .schema(OpenApiElements.text())
                                .example(changeExample(record) + "\n"));
    }

    private static ObjectNode changeExample(RecordContract record) {
        ObjectNode change = ContractFiles.JSON.createObjectNode();
        change.put("record", record.name());
        for (String field : List.of("province", "sourceId", "change", "after")) {
            change.set(field, record.created().path(field));
        }
        return change;
    }

    private static Content recordContent(RecordContract record, JsonNode event) {
        return versionContent(record, RecordContract.versionExample(event));
    }

    private static Content versionContent(RecordContract record, JsonNode version) {
        return OpenApiElements.json(
                OpenApiElements.ref(record.schemaName() + "Version"), ContractFiles.toPlainValue(version));
    }

    private static Content pageContent(boolean list, RecordContract record) {
        Schema schema = RecordSchemas.pageOf(OpenApiElements.ref(record.schemaName() + "Version"));
        if (list) {
            schema.addProperty(
                    "completeUntil",
                    OpenApiElements.text()
                            .format("date-time")
                            .description("With updatedAfter: everything recorded before this moment has been seen;"
                                    + " ask from here the next time / 使用 updatedAfter 时：此时刻之前入库的变更已全部返回，下次由此继续"));
            schema.required(List.of("items", "next", "completeUntil"));
        }
        ObjectNode example = ContractFiles.JSON.createObjectNode();
        example.putArray("items").add(RecordContract.versionExample(record.created()));
        example.putNull("next");
        if (list) {
            example.put("completeUntil", "2026-11-24T10:00:00.123456Z");
        }
        return OpenApiElements.json(schema, ContractFiles.toPlainValue(example));
    }

    private static APIResponse writtenResponse(String description, Content content) {
        return receivedResponse(description, content).addHeader("ETag", OpenApiElements.header("The version / 版本"));
    }

    private static APIResponse receivedResponse(String description, Content content) {
        return describedResponse(description, content)
                .addHeader(
                        Receipt.HEADER,
                        OpenApiElements.header("Give it to a figure to be sure that it holds this write / 写入回执"));
    }

    private static APIResponse describedResponse(String description, Content content) {
        return OASFactory.createAPIResponse().description(description).content(content);
    }
}
