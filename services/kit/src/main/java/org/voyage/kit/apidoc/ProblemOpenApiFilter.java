package org.voyage.kit.apidoc;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Problem;
import org.voyage.kit.problem.ProblemType;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.problem.StrictJson;

/** OpenAPI filter that describes the refusals of every operation, with an example of each, and the bearer token. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ProblemOpenApiFilter implements OASFilter {
    private static final String PROBLEM_SCHEMA = "Problem";
    private static final String BEARER_SCHEME = "bearer";
    private static final String EXAMPLE_REQUEST_ID = "5b0c1c1e-6f0c-4a57-9d0f-0b6a2f0e7c11";

    private static final Refusal MALFORMED = new Refusal.Malformed(
            Finding.query("limt", "unknown-parameter", "There is no such query parameter.", "没有此查询参数。"));
    private static final Refusal UNAUTHENTICATED = new Refusal.Unauthenticated(false);
    private static final Refusal FORBIDDEN = new Refusal.Forbidden("This role may not do that.", "当前角色无权执行此操作。");
    private static final Refusal NOT_FOUND = new Refusal.NotFound();
    private static final Refusal CONFLICT = new Refusal.Conflict("It contradicts what is there.", "与现有内容冲突。");
    private static final Refusal KEY_IN_USE = new Refusal.KeyInUse(2);
    private static final Refusal KEY_REUSED = new Refusal.KeyReused();
    private static final Refusal TOO_MANY = new Refusal.TooManyRequests(1);
    private static final Refusal PRECONDITION_FAILED =
            new Refusal.PreconditionFailed("It has another version.", "版本不符。");
    private static final Refusal TOO_LARGE = new Refusal.TooLarge(1_048_576);
    private static final Refusal UNSUPPORTED =
            new Refusal.UnsupportedMediaType("This path does not take the body's media type.", "该路径不接受此媒体类型。");
    private static final Refusal INVALID =
            new Refusal.Invalid(new Finding("/students", "integer", "Must be a whole number.", "必须是整数。"));
    private static final Refusal RECEIPT_PENDING = new Refusal.ReceiptPending(5);
    private static final Refusal UNAVAILABLE = new Refusal.Unavailable(5);
    /** Description of every refusal that an operation does not name, such as a wrong method or media type. */
    private static final Refusal OTHER = new Refusal.Internal();

    private static final List<Refusal> ALL_REFUSALS = List.of(
            MALFORMED,
            UNAUTHENTICATED,
            FORBIDDEN,
            NOT_FOUND,
            CONFLICT,
            KEY_IN_USE,
            PRECONDITION_FAILED,
            TOO_LARGE,
            UNSUPPORTED,
            INVALID,
            KEY_REUSED,
            TOO_MANY,
            RECEIPT_PENDING,
            UNAVAILABLE,
            OTHER);

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        Components components =
                document.getComponents() == null ? OASFactory.createComponents() : document.getComponents();
        document.setComponents(components);
        components.addSchema(PROBLEM_SCHEMA, problemSchema());
        components.addSchema(OpenApiElements.FINDING, findingSchema());
        ALL_REFUSALS.forEach(refusal -> components.addResponse(slug(refusal), toResponse(refusal)));
        components.addSecurityScheme(
                BEARER_SCHEME,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description("Client credentials of the token issuer / 令牌由签发方按客户端凭据发放"));
        document.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().forEach((method, operation) -> describe(path, method, operation)));
        removeUnused(document, components);
    }

    private static void removeUnused(OpenAPI document, Components components) {
        Set<String> used = document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .flatMap(operation -> operation.getResponses().getAPIResponses().values().stream())
                .map(answer -> String.valueOf(answer.getRef()))
                .collect(Collectors.toSet());
        ALL_REFUSALS.stream()
                .map(ProblemOpenApiFilter::slug)
                .filter(name -> !used.contains("#/components/responses/" + name))
                .forEach(components::removeResponse);
    }

    private static void describe(String path, HttpMethod method, Operation operation) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        refusalsOf(path, method, operation)
                .forEach(refusal -> operation
                        .getResponses()
                        .addAPIResponse(
                                String.valueOf(ProblemType.of(refusal).status()),
                                OASFactory.createAPIResponse().ref("#/components/responses/" + slug(refusal))));
        operation
                .getResponses()
                .setDefaultValue(OASFactory.createAPIResponse().ref("#/components/responses/" + slug(OTHER)));
        operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(BEARER_SCHEME)));
    }

    private static List<Refusal> refusalsOf(String path, HttpMethod method, Operation operation) {
        List<Refusal> refusals = new ArrayList<>(List.of(MALFORMED, UNAUTHENTICATED, FORBIDDEN, TOO_MANY));
        if (path.contains("{")) {
            refusals.add(NOT_FOUND);
        }
        if (method == HttpMethod.PUT || method == HttpMethod.DELETE) {
            refusals.addAll(List.of(CONFLICT, PRECONDITION_FAILED));
        }
        if (method == HttpMethod.POST) {
            refusals.addAll(List.of(KEY_IN_USE, KEY_REUSED));
        }
        // After those of keys: of two with the same status the document shows the more frequent one.
        if (operation.getRequestBody() != null) {
            refusals.addAll(List.of(TOO_LARGE, UNSUPPORTED, INVALID));
        }
        boolean receipt = operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> "receipt".equals(parameter.getName()));
        refusals.add(receipt ? RECEIPT_PENDING : UNAVAILABLE);
        return refusals;
    }

    private static String slug(Refusal refusal) {
        return ProblemType.of(refusal).slug();
    }

    private static APIResponse toResponse(Refusal refusal) {
        ProblemType type = ProblemType.of(refusal);
        return OASFactory.createAPIResponse()
                .description(type.title() + " / " + type.titleZh())
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM_SCHEMA))
                                        .example(StrictJson.MAPPER.convertValue(
                                                Problem.of(refusal, EXAMPLE_REQUEST_ID),
                                                new TypeReference<Map<String, Object>>() {}))));
    }

    private static Schema problemSchema() {
        return objectSchema(List.of("type", "title", "titleZh", "detail", "detailZh", "instance"))
                .description("Why a request was refused (RFC 9457), in English and Chinese / 请求被拒绝的原因")
                .addProperty("status", ParameterTypes.integer(400, 599))
                .addRequired("status")
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .items(OpenApiElements.ref(OpenApiElements.FINDING))
                                .description("Everything that is wrong, at once / 一次列出全部错误"))
                .addProperty("quota", quotaSchema());
    }

    private static Schema quotaSchema() {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .description("Use of the quota that refused the request / 已达上限的配额使用情况")
                .addProperty("used", ParameterTypes.integer(0, Long.MAX_VALUE))
                .addProperty("limit", ParameterTypes.integer(0, Long.MAX_VALUE))
                .addProperty("unit", textSchema().addExample("bytes"))
                .addProperty(
                        "retryAt",
                        textSchema()
                                .format("date-time")
                                .description(
                                        "When there is room again; absent if only the caller frees it / 预计恢复时间，须由调用方自行释放时没有此项"))
                .required(List.of("used", "limit", "unit"));
    }

    private static Schema objectSchema(List<String> texts) {
        Schema object = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        texts.forEach(name -> object.addProperty(name, textSchema()));
        object.setRequired(new ArrayList<>(texts));
        return object;
    }

    private static Schema textSchema() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }

    private static Schema findingSchema() {
        return OpenApiElements.of(Schema.SchemaType.OBJECT)
                .description("One remark about one part of a request: an error or a warning / 校验意见：对请求某一处的错误或提示")
                .addProperty(
                        "pointer",
                        OpenApiElements.text()
                                .description(
                                        "Place in the body (JSON Pointer), or name of the parameter / 所在位置（JSON Pointer）或参数名"))
                .addProperty(
                        "rule",
                        OpenApiElements.text().description("Name of the rule, see /v1/rules / 规则名称，见 /v1/rules"))
                .addProperty("detail", OpenApiElements.text())
                .addProperty("detailZh", OpenApiElements.text())
                .required(List.of("pointer", "rule", "detail", "detailZh"));
    }
}
