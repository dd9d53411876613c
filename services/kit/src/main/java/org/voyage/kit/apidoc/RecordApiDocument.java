package org.voyage.kit.apidoc;

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
import org.voyage.kit.bulk.BatchFormat;
import org.voyage.kit.outbox.Receipt;

/** Says once, for every record of every service, what is sent and what is answered. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 300)
public class RecordApiDocument implements OASFilter {
    /** {@code record:parent}, for each record whose PUT may be answered with 202 because its parent has not come. */
    private static final String WAITING = "voyage.api-document.waiting";

    /** Records of which two that are merged may each have others that say the same. */
    private static final String KEEP = "voyage.api-document.keep";

    private static final String IF_MATCH = "Only if it has this version, e.g. \"3\" / 仅当版本一致";
    private static final String SAID_BY_BOTH =
            "What belongs to the record goes on under the other. Where both have one that says the same (of one year and"
                    + " major; of one enterprise and first day) only one of the two may count: without `keep` the merge"
                    + " is refused (409, `said-by-both`) and names them. `target`: those of the record that remains stand;"
                    + " `source`: those of the record that goes. The others go on in them: withdrawn, with `movedTo`."
                    + " / 所属数据随之转移。双方有同一数据（同年同专业；同企业同日开班）时，只能有一条计入统计："
                    + "未指明 `keep` 则退回（409，`said-by-both`）并逐条列出；`target` 以保留的记录为准，"
                    + "`source` 以被合并的记录为准，另一方的数据并入其中。";
    private static final String AS_ASKED = "As asked / 查询结果";

    /** The path of one record, below its collection. */
    private static final String KEY = "/{province}/{sourceId}";

    private final List<RecordContract> all = RecordContract.ofThisService();
    private final Map<String, String> waiting = ConfigProvider.getConfig()
            .getOptionalValue(WAITING, String.class)
            .map(pairs -> Arrays.stream(pairs.split(","))
                    .map(pair -> pair.strip().split(":"))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])))
            .orElse(Map.of());

    private final List<String> keep =
            ConfigProvider.getConfig().getOptionalValues(KEEP, String.class).orElse(List.of());

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
        records.forEach(record -> schemas(document.getComponents(), record));
        document.getComponents().addSchema("Warning", RecordSchemas.warning());
        Optional.ofNullable(document.getPaths().getPathItem("/v1/parked"))
                .ifPresent(item -> item.getGET()
                        .getResponses()
                        .addAPIResponse("200", answer(AS_ASKED, Parts.json(RecordSchemas.parkedRows(), null))));
        if (!waiting.isEmpty()) {
            document.getComponents().addSchema("ParkedAnswer", RecordSchemas.parked());
        }
        records.forEach(record -> describe(document, record));
    }

    private void describe(OpenAPI document, RecordContract record) {
        var names = RecordNames.of(record, chineseName(document, record));
        PathItem list = document.getPaths().getPathItem(record.path());
        list.setGET(names.titled(list.getGET()));
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.equals(record.path()) || path.startsWith(record.path() + "/")) {
                String below = path.substring(record.path().length()).replace("{year}", "{sourceId}");
                item.getOperations().forEach((method, operation) -> {
                    names.fill(operation);
                    describe(method + " " + below, operation, record);
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

    private static void schemas(Components components, RecordContract record) {
        var name = record.schemaName();
        components.addSchema(name, schema(record.schema(), record.created().path("after")));
        components.addSchema(name + "Version", RecordSchemas.envelope(Parts.ref(name)));
        if (!record.personal().isEmpty()) {
            components.addSchema(name + "Sent", schema(record.sent(), record.sentExample()));
        }
    }

    private static Schema schema(ObjectNode jsonSchema, JsonNode example) {
        Schema schema = OpenApiParser.parseSchema(jsonSchema.toString());
        return schema.addExample(ContractFiles.plain(example));
    }

    /** @param shape method and path below the collection; a service describes its other operations itself */
    private void describe(String shape, Operation operation, RecordContract record) {
        switch (shape) {
            case "GET " -> read(operation, page(true, record));
            case "GET /template.xlsx" -> template(operation);
            case "POST /batches" -> batch(operation, record);
            case "PUT " + KEY -> put(operation, record);
            case "DELETE " + KEY -> withdraw(operation, record);
            case "GET " + KEY -> get(operation, record);
            case "GET " + KEY + "/history" -> read(operation, page(false, record));
            case "POST " + KEY + "/rename" -> move("sourceId", operation, record);
            case "POST " + KEY + "/merge" -> merge(operation, record);
            default -> {
                return;
            }
        }
        parameters(operation, record);
    }

    private static void parameters(Operation operation, RecordContract record) {
        if (operation.getParameters() == null) {
            return;
        }
        for (Parameter parameter : operation.getParameters()) {
            JsonNode property = record.schema().path("properties").path(parameter.getName());
            if (property.isObject()) {
                if (parameter.getDescription() == null) {
                    parameter.description(property.path("description").asText());
                }
                JsonNode example = record.created().path("after").path(parameter.getName());
                if (parameter.getExample() == null && example.isValueNode() && !example.isNull()) {
                    parameter.example(example.asText());
                }
            } else if (parameter.getName().equals("sourceId") && parameter.getExample() == null) {
                parameter.example(record.created().path("sourceId").asText());
            }
        }
    }

    private void put(Operation operation, RecordContract record) {
        var body = record.schemaName() + (record.personal().isEmpty() ? "" : "Sent");
        operation.setRequestBody(OASFactory.createRequestBody()
                .required(true)
                .content(Parts.json(Parts.ref(body), ContractFiles.plain(record.sentExample()))));
        operation.addParameter(Parts.headerParameter("If-Match", IF_MATCH));
        operation.addParameter(Parts.headerParameter("If-None-Match", "* : only if it is not there / 仅当尚不存在"));
        APIResponses responses = operation.getResponses();
        var created = one(record, record.created());
        responses.addAPIResponse("201", written("Created / 已新增", created));
        responses.addAPIResponse("200", written("Corrected, or unchanged at the same version / 已更正或无变化", created));
        if (waiting.containsKey(record.name())) {
            responses.addAPIResponse(
                    "202",
                    received(
                            "Parked: applied when what it belongs to comes / 已暂存，待所属记录报送后入库",
                            Parts.json(Parts.ref("ParkedAnswer"), ContractFiles.plain(parkedExample(record)))));
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
                                .orElseThrow(() -> new IllegalStateException(WAITING + " names no record: " + parent)));
        return example;
    }

    private static void withdraw(Operation operation, RecordContract record) {
        operation.addParameter(Parts.headerParameter("If-Match", IF_MATCH));
        operation.getResponses().addAPIResponse("200", written("Withdrawn / 已撤回", one(record, record.withdrawn())));
    }

    private static void get(Operation operation, RecordContract record) {
        read(operation, one(record, record.created()));
        operation
                .getResponses()
                .addAPIResponse(
                        "308",
                        answer("It goes on under another key / 记录已改用新编号", one(record, record.moved()))
                                .addHeader("Location", Parts.header("Where / 新地址")));
    }

    private static void read(Operation operation, Content content) {
        operation.getResponses().addAPIResponse("200", answer(AS_ASKED, content));
    }

    private static void template(Operation operation) {
        operation
                .getResponses()
                .addAPIResponse(
                        "200",
                        answer(
                                "A spreadsheet to fill in / 填报模板",
                                OASFactory.createContent()
                                        .addMediaType(
                                                BatchFormat.XLSX_TYPE,
                                                OASFactory.createMediaType().schema(Parts.file()))));
    }

    private void merge(Operation operation, RecordContract record) {
        Schema schema = move("into", operation, record);
        if (keep.contains(record.name())) {
            operation.description(SAID_BY_BOTH);
            schema.addProperty(
                    "keep",
                    Parts.text()
                            .description("Whose stand where both have one that says the same / 双方有同一数据时以哪一方为准")
                            .enumeration(List.of("target", "source")));
        }
    }

    private static Schema move(String target, Operation operation, RecordContract record) {
        Schema schema = Parts.of(Schema.SchemaType.OBJECT)
                .addProperty(target, Parts.text().description("sourceId under which it goes on / 新编号"))
                .addProperty("reason", Parts.text().description("Why, up to 500 characters / 原因"))
                .required(List.of(target, "reason"));
        var example = Map.of(target, record.created().path("sourceId").asText() + "-A", "reason", "编号重复");
        operation.setRequestBody(
                OASFactory.createRequestBody().required(true).content(Parts.json(schema, new TreeMap<>(example))));
        operation.addParameter(Parts.headerParameter("If-Match", IF_MATCH));
        operation
                .getResponses()
                .addAPIResponse(
                        "200", written("It goes on under the other key / 记录已改用新编号", one(record, record.created())));
        return schema;
    }

    private static void batch(Operation operation, RecordContract record) {
        operation.getRequestBody().getContent().getMediaTypes().forEach((type, media) -> {
            switch (type) {
                case BatchFormat.NDJSON_TYPE -> media.schema(Parts.text()).example(record.row() + "\n");
                case BatchFormat.CSV_TYPE -> media.schema(Parts.text()).example(record.csv());
                default -> media.schema(Parts.file());
            }
        });
        operation.addParameter(
                Parts.headerParameter("Prefer", "respond-async: answered as soon as the file is here / 文件收妥后立即应答"));
        var done = ApiExamples.ofKit("POST /v1/*/batches");
        Map.of(
                        "200", "What became of its rows, by count / 各行处理结果计数",
                        "202", "The file is here and goes on by itself; see Location / 文件已收妥，处理结果见 Location")
                .forEach((status, description) -> operation
                        .getResponses()
                        .addAPIResponse(
                                status,
                                received(
                                                description,
                                                Parts.json(
                                                        Parts.ref("BatchJson"), ContractFiles.plain(done.path(status))))
                                        .addHeader("Location", Parts.header("The batch / 批次地址"))));
    }

    private static Content one(RecordContract record, JsonNode event) {
        return Parts.json(
                Parts.ref(record.schemaName() + "Version"), ContractFiles.plain(RecordContract.version(event)));
    }

    private static Content page(boolean list, RecordContract record) {
        Schema schema = RecordSchemas.pageOf(Parts.ref(record.schemaName() + "Version"));
        if (list) {
            schema.addProperty(
                    "completeUntil",
                    Parts.text()
                            .format("date-time")
                            .description("With updatedAfter: everything recorded before this moment has been seen;"
                                    + " ask from here the next time"));
        }
        ObjectNode example = ContractFiles.JSON.createObjectNode();
        example.putArray("items").add(RecordContract.version(record.created()));
        example.putNull("next");
        return Parts.json(schema, ContractFiles.plain(example));
    }

    private static APIResponse written(String description, Content content) {
        return received(description, content).addHeader("ETag", Parts.header("The version / 版本"));
    }

    private static APIResponse received(String description, Content content) {
        return answer(description, content)
                .addHeader(
                        Receipt.HEADER,
                        Parts.header("Give it to a figure to be sure that it holds this write / 写入回执"));
    }

    private static APIResponse answer(String description, Content content) {
        return OASFactory.createAPIResponse().description(description).content(content);
    }
}
