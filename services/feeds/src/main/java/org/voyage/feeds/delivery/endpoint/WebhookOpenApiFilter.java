package org.voyage.feeds.delivery.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.smallrye.openapi.runtime.io.OpenApiParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kit.reference.ContractFile;

/**
 * OpenAPI filter that adds the requests which endpoints of alliances get ({@code webhooks}), with the schemas and examples
 * of contracts/feeds/events. Events that are read have the same schemas.
 */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 40)
public class WebhookOpenApiFilter implements OASFilter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "feeds/events/";
    private static final String SCHEMA_PREFIX = "#/components/schemas/";
    private static final String PARAMETER_PREFIX = "#/components/parameters/";
    private static final String TAG = "Webhooks";
    private static final String EVENT_TYPE = "application/cloudevents+json";
    private static final String BATCH_TYPE = "application/cloudevents-batch+json";

    private static final List<String> HEADERS = List.of("webhook-id", "webhook-timestamp", "webhook-signature");

    private static final String EVENT = "FeedEvent";
    private static final String BATCH = "FeedEventBatch";
    private static final String WITHHELD = "WithheldData";
    private static final List<String> WITHOUT_RECORD = List.of("checkpoint", "reset");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components = document.getComponents();
        addParameters(components);
        addSchemas(components);
        for (String name : eventNames()) {
            document.addWebhook(
                    name,
                    toWebhook(
                            "receive" + toTypeName(name) + "Event",
                            "An event of " + name + " / 推送一个事件：" + titleZhOf(name),
                            EVENT_TYPE,
                            toTypeName(name) + "Event",
                            toExample(exampleNameOf(name)),
                            acceptedAnswer()));
        }
        document.addWebhook(
                "batch",
                toWebhook(
                        "receiveEventBatch",
                        "Several events, if the endpoint has `batch` and more than 64 wait / 合并推送多个事件（接收地址设为合并推送且积压超过 64 个时）",
                        BATCH_TYPE,
                        BATCH,
                        List.of(toExample("overseas-school.created"), toExample("overseas-school.corrected")),
                        acceptedAnswer()));
        addCall(document, "challenge", "Challenge, which proves that the URL is yours / 验证接收地址", challengeAnswer());
        addCall(document, "test", "Test event, without a number / 测试事件，没有编号", acceptedAnswer());
        document.getPaths()
                .getPathItem("/v1/feeds/{feed}/events")
                .getGET()
                .getResponses()
                .getAPIResponse("200")
                .getContent()
                .getMediaType(BATCH_TYPE)
                .setSchema(ref(BATCH));
    }

    private static List<String> eventNames() {
        List<String> names = new ArrayList<>();
        for (FeedRecord record : FeedRecord.values()) {
            names.add(record.wireName());
        }
        names.addAll(WITHOUT_RECORD);
        return names;
    }

    private static void addParameters(Components components) {
        addParameter(
                components,
                "webhook-id",
                "The same at each try of this request / 推送编号，重试时不变",
                "0k2m9q4tq8b1v7r_1_0000000000000412");
        addParameter(
                components,
                "webhook-timestamp",
                "Time of the try, in seconds since 1970 / 本次推送的时间（1970 年以来的秒数）",
                "1795687200");
        addParameter(
                components,
                "webhook-signature",
                "A signature for each key, with blanks between: `v1,` HMAC-SHA256, `v1a,` Ed25519"
                        + " / 各密钥的签名，以空格分隔：v1 为 HMAC-SHA256，v1a 为 Ed25519",
                "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=");
    }

    private static void addParameter(Components components, String name, String description, String example) {
        components.addParameter(
                name,
                OASFactory.createParameter()
                        .name(name)
                        .in(Parameter.In.HEADER)
                        .required(true)
                        .description(description)
                        .example(example)
                        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING)));
    }

    private static void addSchemas(Components components) {
        ObjectNode event = readContract("feed-event.v1.schema.json");
        components.addSchema(EVENT, toSchema(withoutNames(event)));
        ArrayNode all = JSON.createArrayNode();
        for (FeedRecord record : FeedRecord.values()) {
            String type = toTypeName(record.wireName());
            JsonNode parts = readContract(record.wireName() + ".v1.schema.json").path("$defs");
            components.addSchema(type + "State", toSchema(parts.path("state")));
            components.addSchema(
                    type + "Change",
                    OpenApiParser.parseSchema(
                            parts.path("change").toString().replace("#/$defs/state", SCHEMA_PREFIX + type + "State")));
            components.addSchema(WITHHELD, toSchema(parts.path("withheld")));
            ArrayNode data =
                    JSON.createArrayNode().add(reference(type + "Change")).add(reference(WITHHELD));
            components.addSchema(type + "Event", toEventSchema(record.wireName() + "\\.[a-z-]+", data));
            all.add(reference(type + "Event"));
        }
        for (String name : WITHOUT_RECORD) {
            String type = toTypeName(name);
            components.addSchema(type + "Data", toSchema(withoutNames(readContract(name + ".v1.schema.json"))));
            components.addSchema(
                    type + "Event", toEventSchema(name, JSON.createArrayNode().add(reference(type + "Data"))));
            all.add(reference(type + "Event"));
        }
        ObjectNode batch = JSON.createObjectNode().put("type", "array");
        batch.putObject("items").set("anyOf", all);
        components.addSchema(BATCH, toSchema(batch));
    }

    /** Returns the schema of an event with one kind of data. @param type regular expression of the part between the ends */
    private static Schema toEventSchema(String type, ArrayNode data) {
        ObjectNode schema = JSON.createObjectNode();
        ArrayNode both = schema.putArray("allOf").add(reference(EVENT));
        ObjectNode properties = both.addObject().put("type", "object").putObject("properties");
        properties.putObject("type").put("type", "string").put("pattern", "^org\\.voyage\\.feed\\." + type + "\\.v1$");
        if (data.size() == 1) {
            properties.set("data", data.get(0));
        } else {
            properties.putObject("data").set("anyOf", data);
        }
        return toSchema(schema);
    }

    private static void addCall(OpenAPI document, String kind, String summary, APIResponse answer) {
        ObjectNode example = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", kind + "_0k2m9q4tq8b1v7rm")
                .put("source", "/voyage/feeds/0k2m9q4tq8b1v7r")
                .put("type", "org.voyage.feed.endpoint-" + kind + ".v1")
                .put("time", "2026-11-28T10:00:00.123456Z")
                .put("datacontenttype", "application/json");
        ObjectNode data = example.putObject("data");
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        example.fieldNames().forEachRemaining(name -> {
            required.add(name);
            properties.putObject(name).put("type", name.equals("data") ? "object" : "string");
        });
        properties.withObject("/type").put("const", example.path("type").asText());
        ObjectNode part = properties.withObject("/data").putObject("properties");
        if (kind.equals("challenge")) {
            data.put("token", "0k2m9q4tq8b1v7rm0k2m9q4tq8b1v7rm");
            part.putObject("token").put("type", "string");
        } else {
            data.put("test", true);
            part.putObject("test").put("type", "boolean");
        }
        String type = "Endpoint" + toTypeName(kind);
        document.getComponents().addSchema(type, toSchema(schema));
        document.addWebhook(
                "endpoint-" + kind,
                toWebhook("receive" + type, summary, EVENT_TYPE, type, toPlainValue(example), answer));
    }

    private static PathItem toWebhook(
            String id, String summary, String mediaType, String schema, Object example, APIResponse accepted) {
        MediaType media = OASFactory.createMediaType().schema(ref(schema)).example(example);
        APIResponses answers = OASFactory.createAPIResponses()
                .addAPIResponse("200", accepted)
                .addAPIResponse("410", answer("The endpoint is given up: it is disabled / 接收地址已停用，平台不再推送"))
                .addAPIResponse(
                        "429",
                        answer(
                                "Later: the endpoint gets one event at a time, after `Retry-After` / 稍后按 Retry-After 再推送"))
                .defaultValue(answer("Refused: sent again, 12 times over 75 h / 被拒绝，75 小时内重试 12 次"));
        Operation operation = OASFactory.createOperation()
                .operationId(id)
                .summary(summary)
                .addTag(TAG)
                .requestBody(OASFactory.createRequestBody()
                        .required(true)
                        .content(OASFactory.createContent().addMediaType(mediaType, media)))
                .responses(answers)
                .security(List.of());
        for (String header : HEADERS) {
            operation.addParameter(OASFactory.createParameter().ref(PARAMETER_PREFIX + header));
        }
        return OASFactory.createPathItem().POST(operation);
    }

    private static APIResponse acceptedAnswer() {
        return answer("Any 2xx: stored, within 15 s / 任一 2xx：已在 15 秒内存储");
    }

    private static APIResponse challengeAnswer() {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        schema.putArray("required").add("token");
        schema.putObject("properties").putObject("token").put("type", "string");
        return answer("The token / 原样返回令牌")
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/json",
                                OASFactory.createMediaType()
                                        .schema(toSchema(schema))
                                        .example(Map.of("token", "0k2m9q4tq8b1v7rm0k2m9q4tq8b1v7rm"))));
    }

    private static APIResponse answer(String description) {
        return OASFactory.createAPIResponse().description(description);
    }

    private static String titleZhOf(String name) {
        String title = readContract(name + ".v1.schema.json").path("title").asText();
        return title.substring(title.indexOf(" / ") + 3).replace("订阅事件：", "");
    }

    private static String exampleNameOf(String name) {
        return WITHOUT_RECORD.contains(name) ? name : name + ".created";
    }

    private static Object toExample(String name) {
        return toPlainValue(readContract("examples/" + name + ".json"));
    }

    private static Object toPlainValue(JsonNode node) {
        return JSON.convertValue(node, Object.class);
    }

    /** Returns the schema without what names it as a file. */
    private static ObjectNode withoutNames(ObjectNode schema) {
        return schema.without(List.of("$schema", "$id"));
    }

    private static Schema toSchema(JsonNode schema) {
        return OpenApiParser.parseSchema(schema.toString());
    }

    private static Schema ref(String name) {
        return OASFactory.createSchema().ref(SCHEMA_PREFIX + name);
    }

    private static ObjectNode reference(String name) {
        return JSON.createObjectNode().put("$ref", SCHEMA_PREFIX + name);
    }

    /** Returns {@code OverseasSchool} of {@code overseas-school}. */
    private static String toTypeName(String name) {
        StringBuilder type = new StringBuilder();
        for (String part : name.split("-")) {
            type.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
        }
        return type.toString();
    }

    private static ObjectNode readContract(String name) {
        try (InputStream in = ContractFile.open(FOLDER + name)) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
