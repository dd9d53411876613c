package org.voyage.kit.rules;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.problem.Refusal;

/** HTTP resource of the rules, for every caller with a token: the reason of a refusal and its correction. */
@Path("/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "rules", description = "数据规则")
public class RuleResource {

    private static final CodeSet<Severity> SEVERITIES = CodeSet.of("severity", Severity.class);
    private static final int MAX_RECORD_LENGTH = 60;

    private final RuleBook book;

    RuleResource(RuleBook book) {
        this.book = book;
    }

    /**
     * @param items all of them: there is one page
     */
    @Schema(name = "Rules")
    public record RuleList(List<Rule> items) {}

    @GET
    @Operation(operationId = "listRules", summary = "Rules of the data, and how to correct what breaks them / 数据规则列表")
    public RuleList list(
            @QueryParam("record") @Nullable String recordText,
            @QueryParam("severity")
                    @Parameter(
                            description = "refuse: nothing is stored; warn: it is stored and the answer says so / 严重程度")
                    @Nullable
                    String severityText) {
        String record = QueryParameters.parseText("record", recordText, MAX_RECORD_LENGTH);
        Severity severity = QueryParameters.parseCode("severity", severityText, SEVERITIES);
        return new RuleList(book.rules().stream()
                .filter(rule -> record == null || rule.appliesTo(record))
                .filter(rule -> severity == null || rule.severity() == severity)
                .toList());
    }

    @GET
    @Path("{rule}")
    @Operation(operationId = "getRule", summary = "One rule with what changed about it / 一条规则及其变更记录")
    public Rule get(
            @PathParam("rule") @Parameter(description = "The rule of a finding / 错误或提示中的规则名", example = "required")
                    String id) {
        return book.findRule(id).orElseThrow(Refusal.NotFound::new);
    }
}
