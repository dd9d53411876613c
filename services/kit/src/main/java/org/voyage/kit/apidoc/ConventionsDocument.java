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
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Headers;
import org.voyage.kit.web.Preferences;
import org.voyage.kit.web.PublishedFilter;

/** What every operation of every service has in common: the usual parameters, headers, links between the formats. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 100)
public class ConventionsDocument implements OASFilter {

    private record Usual(String description, String example) {}

    /** A record that the service has, as an example. */
    static final String ANY_RECORD = RecordContract.ofThisService().stream()
            .findFirst()
            .map(RecordContract::name)
            .orElse("record");

    private static final Map<String, Usual> PARAMETERS = Map.ofEntries(
            Map.entry(
                    "province", new Usual("Two digits of GB/T 2260; a bureau sends its own only / 省级行政区划代码前两位", "12")),
            Map.entry("sourceId", new Usual("The sender's own key, 1 to 120 characters / 报送方记录编号", "A-2026-001")),
            Map.entry("id", new Usual("Of the batch, from Location / 批次编号", "0b0c5a4e-6a1d-4a39-9b7e-0d2d6f0a1c11")),
            Map.entry("record", new Usual("Which record, as in its topic / 记录类型", ANY_RECORD)),
            Map.entry("reason", new Usual("Why it is withdrawn, up to 500 characters; required / 撤回原因，必填", "重复报送")),
            Map.entry("asOf", new Usual("As we knew it at this moment / 截至该时刻所知的状态", "2026-01-01T00:00:00Z")),
            Map.entry(
                    "updatedAfter",
                    new Usual(
                            "Only what was recorded after this moment, in that order, withdrawn ones included / 仅返回此时刻之后的变更，含已撤回",
                            "2026-01-01T00:00:00Z")),
            Map.entry("withdrawn", new Usual("true: only withdrawn ones, false: none of them / 是否已撤回", "false")),
            Map.entry("startedFrom", new Usual("Only what began on this day or later / 起始日期不早于", "2025-01-01")),
            Map.entry("startedUntil", new Usual("Only what began on this day or earlier / 起始日期不晚于", "2025-12-31")),
            Map.entry("year", new Usual("A calendar year / 年度", "2025")),
            Map.entry(
                    "partition",
                    new Usual("One of several disjoint parts, e.g. 2/8, to read them side by side / 并行读取的分片", "2/8")),
            Map.entry("limit", new Usual("How many at most, 1 to 1000 / 每页条数", "100")),
            Map.entry("cursor", new Usual("next of the page before, with the same filters / 上一页返回的 next", "")),
            Map.entry(
                    "mode",
                    new Usual(
                            "rows: every good row is stored; all: none unless all are good / rows 逐行入库，all 全部通过才入库",
                            "rows")),
            Map.entry(
                    "dryRun",
                    new Usual(
                            "true: says what would become of it and stores nothing; changes, for a file of records: so does"
                                    + " the answer, one record a line, as previews of figures take them"
                                    + " / true 试运行，不入库；changes 逐行返回拟变更记录，可用于指标预览",
                            "true")));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        describe(document);
        if (document.getPaths() == null) {
            return;
        }
        document.getPaths()
                .getPathItems()
                .values()
                .forEach(item -> item.getOperations().forEach((method, operation) -> {
                    parameters(operation);
                    if (method == HttpMethod.POST) {
                        idempotency(operation);
                    }
                    answers(operation);
                    preference(operation);
                }));
    }

    /** The rendered page and the files lead to each other. */
    private static void describe(OpenAPI document) {
        var service = ConfigProvider.getConfig()
                .getOptionalValue("quarkus.application.name", String.class)
                .orElse("service");
        if (document.getInfo() == null) {
            document.setInfo(OASFactory.createInfo());
        }
        var info = document.getInfo();
        var links =
                "Other formats / 其他格式: [OpenAPI JSON](/q/openapi?format=json) · [OpenAPI YAML](/q/openapi?format=yaml)"
                        + " · [page / 网页](/docs/). Every refusal is a problem document (RFC 9457) in English and Chinese.";
        info.setDescription(info.getDescription() == null ? links : info.getDescription() + "\n\n" + links);
        if (info.getTitle() == null || info.getTitle().isBlank()) {
            info.setTitle("Voyage " + service);
        }
    }

    private static void parameters(Operation operation) {
        if (operation.getParameters() == null) {
            return;
        }
        for (Parameter parameter : operation.getParameters()) {
            Usual usual = PARAMETERS.get(parameter.getName());
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
        }
    }

    private static void idempotency(Operation operation) {
        operation.addParameter(Parts.headerParameter(
                        Headers.IDEMPOTENCY_KEY,
                        "Names this request for 24 hours: sent again with the same key it is answered again and not done"
                                + " again / 幂等键，24 小时内重复发送只执行一次")
                .example("\"8e03978e-40d5-43dd-bc93-6894a57f9324\""));
    }

    /** Wherever there is a receipt one can wait for what it names. */
    private static void preference(Operation operation) {
        boolean writes = operation.getResponses().getAPIResponses().values().stream()
                .anyMatch(answer ->
                        answer.getHeaders() != null && answer.getHeaders().containsKey(Receipt.HEADER));
        if (!writes) {
            return;
        }
        String description = PublishedFilter.PUBLISHED
                + ": answered when its events are on Kafka, with wait=5 after so many seconds at the latest;"
                + " Preference-Applied says whether they are / 事件发布到 Kafka 后才应答，应答头 Preference-Applied 说明是否已发布";
        Optional<Parameter> other = operation.getParameters() == null
                ? Optional.empty()
                : operation.getParameters().stream()
                        .filter(parameter -> Preferences.HEADER.equals(parameter.getName()))
                        .findFirst();
        other.ifPresentOrElse(
                parameter -> parameter.description(parameter.getDescription() + ". " + description),
                () -> operation.addParameter(Parts.headerParameter(Preferences.HEADER, description)
                        .example(PublishedFilter.PUBLISHED + ", wait=5")));
    }

    private static void answers(Operation operation) {
        operation.getResponses().getAPIResponses().forEach((status, answer) -> {
            if (status.startsWith("2") && answer.getRef() == null) {
                answer.addHeader(Headers.REQUEST_ID, Parts.header("The one that was sent, or a new one / 请求编号"));
            }
        });
    }
}
