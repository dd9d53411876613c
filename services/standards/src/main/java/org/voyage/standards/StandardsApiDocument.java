package org.voyage.standards;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Says once, for all three records, what the parameters mean and what is answered. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class StandardsApiDocument implements OASFilter {

    private static final Map<String, String> RECORDS = Map.of(
            "/v1/standards", "Standard",
            "/v1/recognitions", "Recognition",
            "/v1/credential-recognitions", "CredentialRecognition");

    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("province", "Two digits of GB/T 2260; a bureau sends its own only / 省级行政区划代码前两位"),
            Map.entry("sourceId", "The sender's own key, 1 to 120 characters / 报送方记录编号"),
            Map.entry("id", "Of the batch, from Location / 批次编号"),
            Map.entry("record", "standard, recognition or credential-recognition / 记录类型"),
            Map.entry("reason", "Why it is withdrawn, up to 500 characters; required / 撤回原因，必填"),
            Map.entry("asOf", "As we knew it at this moment, e.g. 2026-01-01T00:00:00Z / 截至该时刻所知的状态"),
            Map.entry(
                    "updatedAfter",
                    "Only what was recorded after this moment, in that order, withdrawn ones included / 仅返回此时刻之后的变更，含已撤回"),
            Map.entry("withdrawn", "true: only withdrawn ones, false: none of them / 是否已撤回"),
            Map.entry("partition", "One of several disjoint parts, e.g. 2/8, to read them side by side / 并行读取的分片"),
            Map.entry("limit", "How many at most, 1 to 1000 / 每页条数"),
            Map.entry("cursor", "next of the page before, with the same filters / 上一页返回的 next"),
            Map.entry("mode", "rows: every good row is stored; all: none unless all are good / rows 逐行入库，all 全部通过才入库"),
            Map.entry("dryRun", "true: says what would become of it and stores nothing / 试运行，不入库"),
            Map.entry("kind", "instruction, curriculum or occupational / 标准类型"),
            Map.entry("field", "Two digits of the vocational catalogue / 专业大类代码"),
            Map.entry("standard", "sourceId of the standard / 所属标准编号"),
            Map.entry("country", "ISO 3166-1 alpha-3 / 国家"),
            Map.entry("level", "adopted-by-school, registered-by-authority or certified / 采认层级"),
            Map.entry("college", "10-digit school code / 院校代码"),
            Map.entry("delivery", "online or cross-border / 授课方式"),
            Map.entry("decision", "recognised, partly-recognised or refused / 认可结果"));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        RECORDS.values()
                .forEach(record -> document.getComponents().addSchema(record + "Version", envelope(ref(record))));
        document.getComponents().addSchema("ParkedAnswer", parked());
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                    parameters(operation);
                    RECORDS.forEach((root, record) -> {
                        if (path.startsWith(root)) {
                            record(path.substring(root.length()), method, operation, record);
                        }
                    });
                }));
    }

    private static void parameters(Operation operation) {
        if (operation.getParameters() == null) {
            return;
        }
        for (Parameter parameter : operation.getParameters()) {
            String description = PARAMETERS.get(parameter.getName());
            if (parameter.getDescription() == null && description != null) {
                parameter.description(description);
            }
            if ("reason".equals(parameter.getName())) {
                parameter.required(true);
            }
        }
    }

    private static void record(String path, HttpMethod method, Operation operation, String record) {
        APIResponses responses = operation.getResponses();
        Content one = json(ref(record + "Version"));
        switch (method) {
            case PUT -> {
                operation.getRequestBody().content(json(ref(record)));
                operation.addParameter(condition("If-Match", "Only if it has this version, e.g. \"3\" / 仅当版本一致"));
                operation.addParameter(condition("If-None-Match", "* : only if it is not there / 仅当尚不存在"));
                responses.addAPIResponse("201", written("Created / 已新增", one));
                responses.addAPIResponse("200", written("Corrected, or unchanged at the same version / 已更正或无变化", one));
                if (record.equals("Recognition")) {
                    responses.addAPIResponse(
                            "202",
                            written(
                                    "Parked: applied when its standard comes / 已暂存，待所属标准报送后入库",
                                    json(ref("ParkedAnswer"))));
                }
            }
            case DELETE -> {
                operation.addParameter(condition("If-Match", "Only if it has this version, e.g. \"3\" / 仅当版本一致"));
                responses.addAPIResponse("200", written("Withdrawn / 已撤回", one));
            }
            case GET ->
                responses.addAPIResponse(
                        "200",
                        answer(
                                "As asked / 查询结果",
                                path.equals("/{province}/{sourceId}") ? one : json(page(ref(record + "Version")))));
            case POST -> post(path, operation, one);
            default -> {}
        }
    }

    private static void post(String path, Operation operation, Content one) {
        APIResponses responses = operation.getResponses();
        if (path.endsWith("/batches")) {
            Content file = OASFactory.createContent();
            for (String type : List.of("application/x-ndjson", "text/csv")) {
                file.addMediaType(type, OASFactory.createMediaType().schema(text()));
            }
            operation.getRequestBody().content(file);
            responses.addAPIResponse(
                    "200", written("What became of its rows, by count / 各行处理结果计数", json(of(Schema.SchemaType.OBJECT))));
            return;
        }
        Schema target = of(Schema.SchemaType.OBJECT)
                .addProperty(path.endsWith("/merge") ? "into" : "sourceId", text())
                .addProperty("reason", text());
        operation.getRequestBody().content(json(target));
        responses.addAPIResponse("200", written("It goes on under the other key / 记录已改用新编号", one));
    }

    private static Parameter condition(String name, String description) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .schema(text());
    }

    private static APIResponse written(String description, Content content) {
        return answer(description, content)
                .addHeader("Voyage-Receipt", header("Give it to a figure to be sure that it holds this write / 写入回执"))
                .addHeader("ETag", header("The version / 版本"));
    }

    private static APIResponse answer(String description, Content content) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(content)
                .addHeader("X-Request-Id", header("The one that was sent, or a new one / 请求编号"));
    }

    private static Header header(String description) {
        return OASFactory.createHeader().description(description).schema(text());
    }

    private static Content json(Schema schema) {
        return OASFactory.createContent()
                .addMediaType("application/json", OASFactory.createMediaType().schema(schema));
    }

    private static Schema page(Schema item) {
        return of(Schema.SchemaType.OBJECT)
                .addProperty("items", of(Schema.SchemaType.ARRAY).items(item))
                .addProperty(
                        "next",
                        of(Schema.SchemaType.STRING)
                                .addType(Schema.SchemaType.NULL)
                                .description("cursor of the next page"));
    }

    private static Schema envelope(Schema record) {
        return of(Schema.SchemaType.OBJECT)
                .addProperty("province", text())
                .addProperty("sourceId", text())
                .addProperty("version", of(Schema.SchemaType.INTEGER).description("Grows by one with every change"))
                .addProperty("recordedAt", text().format("date-time"))
                .addProperty("withdrawn", of(Schema.SchemaType.BOOLEAN))
                .addProperty(
                        "reason",
                        of(Schema.SchemaType.STRING)
                                .addType(Schema.SchemaType.NULL)
                                .description("Why it was withdrawn"))
                .addProperty("record", record);
    }

    private static Schema parked() {
        return of(Schema.SchemaType.OBJECT)
                .addProperty("province", text())
                .addProperty("sourceId", text())
                .addProperty("parked", of(Schema.SchemaType.BOOLEAN))
                .addProperty(
                        "waitsFor",
                        of(Schema.SchemaType.OBJECT)
                                .addProperty("record", text())
                                .addProperty("sourceId", text()));
    }

    private static Schema ref(String name) {
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }

    private static Schema text() {
        return of(Schema.SchemaType.STRING);
    }

    private static Schema of(Schema.SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
