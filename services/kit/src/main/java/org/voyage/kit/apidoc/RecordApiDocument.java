package org.voyage.kit.apidoc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.smallrye.openapi.runtime.io.OpenApiParser;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.voyage.kit.web.Headers;

/** Says once, for every record of every service, what is sent and what is answered. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 300)
public class RecordApiDocument implements OASFilter {
    /** Records that wait for another one when it has not come yet; their PUT may be answered with 202. */
    private static final String WAITING = "voyage.api-document.waiting";

    private static final String PARKED = "ParkedAnswer";

    private final List<RecordContract> records = RecordContract.ofThisService();
    private final Set<String> waiting = ConfigProvider.getConfig()
            .getOptionalValue(WAITING, String.class)
            .map(names -> Arrays.stream(names.split(",")).map(String::strip).collect(Collectors.toSet()))
            .orElse(Set.of());

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (records.isEmpty()) {
            return;
        }
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        records.forEach(record -> schemas(document.getComponents(), record));
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .forEach((method, operation) -> records.stream()
                                .filter(record -> path.equals(record.path()) || path.startsWith(record.path() + "/"))
                                .forEach(record ->
                                        describe(path.substring(record.path().length()), method, operation, record))));
    }

    private static void schemas(Components components, RecordContract record) {
        var name = record.schemaName();
        components.addSchema(name, schema(record.schema(), record.created().path("after")));
        components.addSchema(name + "Version", envelope(Parts.ref(name)));
        if (!record.personal().isEmpty()) {
            components.addSchema(name + "Sent", schema(record.sent(), record.sentExample()));
        }
    }

    private static Schema schema(ObjectNode jsonSchema, JsonNode example) {
        Schema schema = OpenApiParser.parseSchema(jsonSchema.toString());
        return schema.addExample(ContractFiles.plain(example));
    }

    private void describe(String path, HttpMethod method, Operation operation, RecordContract record) {
        parameters(operation, record);
        switch (method) {
            case PUT -> put(operation, record);
            case DELETE -> withdraw(operation, record);
            case GET -> get(path, operation, record);
            case POST -> {
                if (path.equals("/batches")) {
                    batch(operation, record);
                }
            }
            default -> {}
        }
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
        operation.addParameter(Parts.headerParameter("If-Match", "Only if it has this version, e.g. \"3\" / 仅当版本一致"));
        operation.addParameter(Parts.headerParameter("If-None-Match", "* : only if it is not there / 仅当尚不存在"));
        APIResponses responses = operation.getResponses();
        var created = one(record, record.created());
        responses.addAPIResponse("201", written("Created / 已新增", created));
        responses.addAPIResponse("200", written("Corrected, or unchanged at the same version / 已更正或无变化", created));
        if (waiting.contains(record.name())) {
            responses.addAPIResponse(
                    "202",
                    written(
                            "Parked: applied when what it belongs to comes / 已暂存，待所属记录报送后入库",
                            OASFactory.createContent()
                                    .addMediaType(
                                            Parts.JSON,
                                            OASFactory.createMediaType().schema(Parts.ref(PARKED)))));
        }
    }

    private static void withdraw(Operation operation, RecordContract record) {
        operation.addParameter(Parts.headerParameter("If-Match", "Only if it has this version, e.g. \"3\" / 仅当版本一致"));
        operation.getResponses().addAPIResponse("200", written("Withdrawn / 已撤回", one(record, record.withdrawn())));
    }

    private static void get(String path, Operation operation, RecordContract record) {
        Content content = switch (path) {
            case "/{province}/{sourceId}" -> one(record, record.created());
            case "", "/{province}/{sourceId}/history" -> page(record);
            default -> null;
        };
        if (content != null) {
            operation.getResponses().addAPIResponse("200", answer("As asked / 查询结果", content));
        }
    }

    private static void batch(Operation operation, RecordContract record) {
        if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
            operation.getRequestBody().getContent().getMediaTypes().forEach((type, media) -> {
                switch (type) {
                    case "application/x-ndjson" -> media.example(record.row() + "\n");
                    case "text/csv" -> media.example(record.csv());
                    default -> {}
                }
            });
        }
        var example = ApiExamples.ofKit("POST /v1/*/batches").path("200");
        var content = Parts.json(Parts.ref("BatchJson"), ContractFiles.plain(example));
        operation
                .getResponses()
                .addAPIResponse(
                        "200",
                        received("What became of its rows, by count / 各行处理结果计数", content)
                                .addHeader("Location", Parts.header("The batch / 批次地址")));
    }

    private static Content one(RecordContract record, JsonNode event) {
        return Parts.json(
                Parts.ref(record.schemaName() + "Version"), ContractFiles.plain(RecordContract.version(event)));
    }

    private static Content page(RecordContract record) {
        Schema schema = Parts.of(Schema.SchemaType.OBJECT)
                .addProperty(
                        "items", Parts.of(Schema.SchemaType.ARRAY).items(Parts.ref(record.schemaName() + "Version")))
                .addProperty("next", Parts.orNull(Parts.text()).description("cursor of the next page"));
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
                        Headers.RECEIPT,
                        Parts.header("Give it to a figure to be sure that it holds this write / 写入回执"));
    }

    private static APIResponse answer(String description, Content content) {
        return OASFactory.createAPIResponse().description(description).content(content);
    }

    private static Schema envelope(Schema record) {
        return Parts.of(Schema.SchemaType.OBJECT)
                .addProperty("province", Parts.text())
                .addProperty("sourceId", Parts.text())
                .addProperty(
                        "version", Parts.of(Schema.SchemaType.INTEGER).description("Grows by one with every change"))
                .addProperty("recordedAt", Parts.text().format("date-time"))
                .addProperty(
                        "cause",
                        Parts.of(Schema.SchemaType.OBJECT)
                                .description("What brought this version, and who sent it")
                                .addProperty("kind", Parts.text())
                                .addProperty("id", Parts.text())
                                .addProperty("actor", Parts.text()))
                .addProperty("withdrawn", Parts.of(Schema.SchemaType.BOOLEAN))
                .addProperty("reason", Parts.orNull(Parts.text()).description("Why it was withdrawn"))
                .addProperty("record", record);
    }
}
