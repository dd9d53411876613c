package org.voyage.indicators.feature.tabular;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.format.AcceptHeader;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.indicators.feature.format.TabularCsvFormat;
import org.voyage.indicators.feature.format.TabularReport;
import org.voyage.indicators.feature.format.TabularXlsxFormat;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Refusal;

/** Responder that answers as JSON, or as a CSV file or spreadsheet of the same lines. */
public final class TabularResponder {

    public static final String FORMAT_PARAMETER = "format";
    /** Description of a tabular answer; {@link TabularOpenApiFilter} adds the formats to the operations that have it. */
    public static final String OK_DESCRIPTION = "The answer, in the requested format / 查询结果，按所要求的格式";

    private static final List<ReportFormat> OFFERED = List.of(ReportFormat.JSON, ReportFormat.CSV, ReportFormat.XLSX);

    private final ReportFormat format;

    private TabularResponder(ReportFormat format) {
        this.format = format;
    }

    /**
     * Chooses the format: the one that {@code format} names, otherwise by the {@code Accept} header.
     *
     * @throws Refusal.Malformed when {@code format} names no format, or occurs twice
     * @throws Refusal.NotAcceptable when no format suits the header
     */
    public static TabularResponder negotiate(Collection<String> named, HttpHeaders headers) {
        if (named.size() > 1) {
            throw QueryRefusals.malformed(FORMAT_PARAMETER, "repeated", "There can be one format.", "只能指定一种格式。");
        }
        return named.stream()
                .findFirst()
                .map(TabularResponder::parse)
                .orElseGet(() -> new TabularResponder(chooseFormat(headers)));
    }

    /** Chooses the format as {@link #negotiate(Collection, HttpHeaders)}; null without the parameter. */
    public static TabularResponder negotiate(@Nullable String named, HttpHeaders headers) {
        return negotiate(named == null ? List.of() : List.of(named), headers);
    }

    private static TabularResponder parse(String named) {
        return OFFERED.stream()
                .filter(format -> format.code().equals(named))
                .findFirst()
                .map(TabularResponder::new)
                .orElseThrow(() -> {
                    List<String> codes =
                            OFFERED.stream().map(ReportFormat::code).toList();
                    return QueryRefusals.malformed(
                            FORMAT_PARAMETER,
                            "code-unknown",
                            "\"" + TextFormat.shortenText(named) + "\" is no format of this answer. Known: "
                                    + String.join(", ", codes) + ".",
                            "“" + TextFormat.shortenText(named) + "”不是此结果的格式。可用：" + String.join("、", codes) + "。");
                });
    }

    private static ReportFormat chooseFormat(HttpHeaders headers) {
        List<String> accept = headers.getRequestHeader(HttpHeaders.ACCEPT);
        return AcceptHeader.of(accept == null ? null : String.join(",", accept))
                .chooseFormat(OFFERED)
                .orElseThrow(() -> new Refusal.NotAcceptable(
                        OFFERED.stream().map(ReportFormat::type).collect(Collectors.toList())));
    }

    /** Returns whether the answer is a file. */
    public boolean isFile() {
        return format.isFile();
    }

    /**
     * @param json the answer as an object
     * @param report the same answer as lines; asked for a file only
     */
    public Response.ResponseBuilder respond(Object json, Supplier<TabularReport> report) {
        if (!isFile()) {
            return Response.ok(json, MediaType.APPLICATION_JSON_TYPE);
        }
        TabularReport file = report.get();
        byte[] body =
                format == ReportFormat.CSV ? TabularCsvFormat.writeReport(file) : TabularXlsxFormat.writeReport(file);
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, format.contentType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + file.name() + "." + format.extension() + "\"");
    }
}
