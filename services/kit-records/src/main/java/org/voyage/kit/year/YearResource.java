package org.voyage.kit.year;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Role;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.http.ListQuery;
import org.voyage.kit.record.http.RecordReads;
import org.voyage.kit.record.http.RecordRequest;
import org.voyage.kit.record.write.RetryingTransactions;
import org.voyage.kit.reference.ChinaTime;

/**
 * HTTP resource of the years of this service: submitted by bureaus, accepted, returned, locked and reopened by the
 * national team.
 */
@Path("/v1/years")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("year-close")
@Tag(name = "years", description = "提交年度")
public class YearResource {

    private static final int FIRST_YEAR = 1949;
    private static final CodeSet<String> PROVINCES = CodeSet.of("province", Province.codes());
    private static final YearCloseJson JSON = new YearCloseJson();

    private final YearCloseService years;
    private final RecordRequest request;
    private final Caller caller;

    YearResource(YearCloseService years, RecordRequest request, Caller caller) {
        this.years = years;
        this.request = request;
        this.caller = caller;
    }

    @PUT
    @Path("{province}/{year}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putYear", summary = "Submit, accept, give back, lock or open a year / 年度提交、接收、退回、锁定或重新开放")
    public Response put(
            @PathParam("province") String province,
            @PathParam("year") String year,
            JsonBody body,
            @Context HttpHeaders headers) {
        Province its = Province.fromPath(province);
        Role who = requireMovingRole(its);
        RecordKey key = new RecordKey(its, requireYear(year));
        RecordSubmission<YearClose> sent = RecordSubmission.state(key, JSON.readRecord(body.fields()), request.cause())
                .withPrecondition(request.preconditionOf(headers));
        return recordReads().writeResponse(RetryingTransactions.runInTransaction(() -> years.moveYear(sent, who)));
    }

    @GET
    @Path("{province}/{year}")
    @Operation(operationId = "getYear", summary = "A year, now or as we knew it / 查询年度状态")
    public Response get(
            @PathParam("province") String province,
            @PathParam("year") String year,
            @QueryParam("asOf") @Nullable String asOf,
            @Context HttpHeaders headers) {
        request.requireReadScope();
        String its = requireYear(year);
        Optional<RecordVersion<YearClose>> version = recordReads().find(province, its, asOf);
        if (version.isPresent()) {
            return recordReads().get(province, its, asOf, headers);
        }
        // The year has no submission: it is open, and has no version yet.
        Map<String, Object> open = new LinkedHashMap<>();
        open.put("province", province);
        open.put("sourceId", its);
        open.put("version", 0);
        open.put("withdrawn", false);
        open.put("fields", Map.of("state", "open"));
        return Response.ok(open).build();
    }

    @GET
    @Path("{province}/{year}/history")
    @Operation(operationId = "getYearHistory", summary = "Every step of a year / 年度状态历史")
    public Response history(@PathParam("province") String province, @PathParam("year") String year) {
        request.requireReadScope();
        return recordReads().getSteps(province, requireYear(year));
    }

    @GET
    @Operation(operationId = "listYears", summary = "The years that were spoken of, filtered and paged / 年度列表")
    public Response list(
            @QueryParam("province") List<String> province,
            @QueryParam("year") List<String> year,
            @QueryParam("state") List<String> state,
            @BeanParam ListQuery query) {
        SqlConditions where = new SqlConditions()
                .andAny("province", parseValues("province", province, PROVINCES))
                .andAny("source_id", parseYears(year))
                .andAny("state", parseValues("state", state, YearCloseJson.STATES));
        return recordReads().list(query, where);
    }

    private static Set<String> parseValues(String name, List<String> texts, CodeSet<?> codes) {
        Set<String> values = QueryParameters.parseValues(name, texts);
        values.forEach(value -> QueryParameters.parseCode(name, value, codes));
        return values;
    }

    private static Set<String> parseYears(List<String> texts) {
        Set<String> years = QueryParameters.parseValues("year", texts);
        years.forEach(year -> QueryParameters.parseYear("year", year));
        return years;
    }

    /** @throws Refusal if the caller may not change the state of this province's years at all */
    private Role requireMovingRole(Province province) {
        if (caller.hasRole(Role.OPERATOR)) {
            return Role.OPERATOR;
        }
        if (caller.authenticatedClientId().isPresent() && !caller.hasRole(Role.BUREAU)) {
            throw new Refusal.Forbidden(
                    "A year is submitted, and taken back until it is accepted, by its provincial bureau; the national operations team"
                            + " accepts it, gives it back, locks it and opens it again.",
                    "年度由省级教育行政部门提交（接收前可撤回），由国家级管理员接收、退回、锁定或重新开放。");
        }
        caller.requireWriteAccess(province);
        request.requireRoomToStore(province);
        return Role.BUREAU;
    }

    private RecordReads<YearClose> recordReads() {
        return new RecordReads<>(years.records(), request);
    }

    /** @throws Refusal.NotFound for an invalid year; Refusal.Invalid for a future one */
    private static String requireYear(String year) {
        if (!year.matches("[0-9]{4}") || Integer.parseInt(year) < FIRST_YEAR) {
            throw new Refusal.NotFound();
        }
        if (Integer.parseInt(year) > ChinaTime.today().getYear()) {
            throw new Refusal.Invalid(
                    new Finding("{year}", "year-in-future", "This year has not come yet.", "该年度尚未到来。"));
        }
        return year;
    }
}
