package org.voyage.kit.apidoc;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.voyage.kit.guard.HeaderNames;
import org.voyage.kit.http.PreferHeader;

/** OpenAPI filter for the conventions of all operations: common parameters, headers and links between the formats. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 100)
public class ConventionsOpenApiFilter implements OASFilter {

    private record ParameterConvention(String description, String example) {}

    /** Name of a record of the service, for examples. */
    static final String ANY_RECORD =
            ContractFiles.listRecordNames().stream().findFirst().orElse("record");

    /** Quarkus describes a response so that has no other description. */
    private static final String GENERATED_DESCRIPTION = "OK";

    private static final String ANSWER_DESCRIPTION = "The answer / 查询或处理结果";

    private static final Map<String, ParameterConvention> PARAMETERS = Map.ofEntries(
            Map.entry(
                    "province",
                    new ParameterConvention(
                            "Two digits of GB/T 2260; a bureau sends its own only / 省级行政区划代码前两位", "12")),
            Map.entry(
                    "sourceId",
                    new ParameterConvention("The sender's own key, 1 to 120 characters / 报送方记录编号", "A-2026-001")),
            Map.entry(
                    "id",
                    new ParameterConvention(
                            "Of the batch, from Location / 批次编号", "0b0c5a4e-6a1d-4a39-9b7e-0d2d6f0a1c11")),
            Map.entry("record", new ParameterConvention("Which record, as in its topic / 记录类型", ANY_RECORD)),
            Map.entry(
                    "reason",
                    new ParameterConvention("Why it is withdrawn, up to 500 characters; required / 撤回原因，必填", "重复报送")),
            Map.entry(
                    "asOf",
                    new ParameterConvention("As we knew it at this moment / 截至该时刻所知的状态", "2026-01-01T00:00:00Z")),
            Map.entry(
                    "updatedAfter",
                    new ParameterConvention(
                            "Only what was recorded after this moment, in that order, withdrawn ones included / 仅返回此时刻之后的变更，含已撤回",
                            "2026-01-01T00:00:00Z")),
            Map.entry(
                    "withdrawn",
                    new ParameterConvention("true: only withdrawn ones, false: none of them / 是否已撤回", "false")),
            Map.entry(
                    "startedFrom",
                    new ParameterConvention("Only what began on this day or later / 起始日期不早于", "2025-01-01")),
            Map.entry(
                    "startedUntil",
                    new ParameterConvention("Only what began on this day or earlier / 起始日期不晚于", "2025-12-31")),
            Map.entry("year", new ParameterConvention("A calendar year / 年度", "2025")),
            Map.entry(
                    "partition",
                    new ParameterConvention(
                            "One of several disjoint parts, e.g. 2/8, to read them side by side / 并行读取的分片", "2/8")),
            Map.entry("limit", new ParameterConvention("How many at most, 1 to 1000 / 每页条数", "100")),
            Map.entry(
                    "cursor",
                    new ParameterConvention("next of the page before, with the same filters / 上一页返回的 next", "")),
            Map.entry(
                    "mode",
                    new ParameterConvention(
                            "rows: every good row is stored; all: none unless all are good / rows 逐行入库，all 全部通过才入库",
                            "rows")),
            Map.entry(
                    "dryRun",
                    new ParameterConvention(
                            "true: says what would become of it and stores nothing; changes, for a file of records: so does"
                                    + " the answer, one record a line, as previews of figures take them"
                                    + " / true 试运行，不入库；changes 逐行返回拟变更记录，可用于指标预览",
                            "true")),
            Map.entry(
                    "lang",
                    new ParameterConvention(
                            "Language of the texts: zh, en or both; by Accept-Language if absent / 文字的语言，默认按 Accept-Language",
                            "zh")),
            Map.entry(
                    "tried",
                    new ParameterConvention(
                            "Id of your dry run of the last day: the file is stored only if its bytes are the same"
                                    + " / 近一天内试运行的批次编号：文件与其逐字节一致才入库",
                            "0b0c5a4e-6a1d-4a39-9b7e-0d2d6f0a1c11")));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        linkRenderedPage(document);
        if (document.getPaths() == null) {
            return;
        }
        document.getPaths()
                .getPathItems()
                .values()
                .forEach(item -> item.getOperations().forEach((method, operation) -> {
                    describeParameters(operation);
                    if (method == HttpMethod.POST) {
                        addIdempotencyKey(operation);
                    }
                    describeResponses(operation);
                    addPreference(operation);
                }));
    }

    /** Links the rendered page and the files to each other. */
    private static void linkRenderedPage(OpenAPI document) {
        var service = ConfigProvider.getConfig()
                .getOptionalValue("quarkus.application.name", String.class)
                .orElse("service");
        if (document.getInfo() == null) {
            document.setInfo(OASFactory.createInfo());
        }
        var info = document.getInfo();
        var links =
                "Other formats / 其他格式: [OpenAPI JSON](/q/openapi?format=json) · [OpenAPI YAML](/q/openapi?format=yaml)"
                        + " · [page / 网页](/docs/)";
        info.setDescription(info.getDescription() == null ? links : info.getDescription() + "\n\n" + links);
        if (info.getTitle() == null || info.getTitle().isBlank()) {
            info.setTitle("Voyage " + service);
        }
    }

    private static void describeParameters(Operation operation) {
        if (operation.getParameters() == null) {
            return;
        }
        for (Parameter parameter : operation.getParameters()) {
            ParameterConvention usual = PARAMETERS.get(parameter.getName());
            if (usual != null) {
                if (parameter.getDescription() == null) {
                    parameter.description(usual.description());
                }
                if (parameter.getExample() == null && !usual.example().isEmpty()) {
                    parameter.example(usual.example());
                }
            }
            if ("reason".equals(parameter.getName())) {
                parameter.required(true);
            }
            ParameterTypes.addType(parameter);
        }
    }

    private static void addIdempotencyKey(Operation operation) {
        operation.addParameter(OpenApiElements.headerParameter(
                        HeaderNames.IDEMPOTENCY_KEY,
                        "Names this request for 24 hours: sent again with the same key it is answered again and not done"
                                + " again / 幂等键，24 小时内重复发送只执行一次")
                .example("\"8e03978e-40d5-43dd-bc93-6894a57f9324\""));
    }

    /** Adds {@code Prefer: published} to every operation that returns a receipt. */
    private static void addPreference(Operation operation) {
        boolean writes = operation.getResponses().getAPIResponses().values().stream()
                .anyMatch(answer ->
                        answer.getHeaders() != null && answer.getHeaders().containsKey(HeaderNames.RECEIPT));
        if (!writes) {
            return;
        }
        String description = PreferHeader.PUBLISHED
                + ": answered when its events are on Kafka, with wait=5 after so many seconds at the latest;"
                + " Preference-Applied says whether they are / 事件发布到 Kafka 后才应答，应答头 Preference-Applied 说明是否已发布";
        Optional<Parameter> other = operation.getParameters() == null
                ? Optional.empty()
                : operation.getParameters().stream()
                        .filter(parameter -> PreferHeader.HEADER.equals(parameter.getName()))
                        .findFirst();
        other.ifPresentOrElse(
                parameter -> parameter.description(parameter.getDescription() + ". " + description),
                () -> operation.addParameter(OpenApiElements.headerParameter(PreferHeader.HEADER, description)
                        .example(PreferHeader.PUBLISHED + ", wait=5")));
    }

    private static void describeResponses(Operation operation) {
        operation.getResponses().getAPIResponses().forEach((status, answer) -> {
            if (GENERATED_DESCRIPTION.equals(answer.getDescription())) {
                answer.setDescription(ANSWER_DESCRIPTION);
            }
            if (status.startsWith("2") && answer.getRef() == null) {
                answer.addHeader(
                        HeaderNames.REQUEST_ID, OpenApiElements.header("The one that was sent, or a new one / 请求编号"));
            }
        });
    }
}
