package org.voyage.indicators.rehearsal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.NoteAnswer;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Gate;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Readership;
import org.voyage.indicators.query.Sights;
import org.voyage.kit.http.BodyReader;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.http.QueryParameters;

/** A definition beside the one that serves, before it is switched on. */
@Path("/v1/indicators/{code}/rehearsals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rehearsals", description = "Two versions of a definition compared on the same records.")
@RunOnVirtualThread
public class RehearsalResource {

    private static final String YAML = "application/yaml";
    private static final int LONGEST = 64 * 1024;
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final String DIFFERING = "differing";
    private static final Set<String> ALSO = Set.of(LIMIT, CURSOR, DIFFERING, Sights.AS_OF);

    private final Catalogue catalogue;
    private final Candidates candidates;
    private final Rehearsal rehearsal;
    private final QueryReader queries;
    private final Sights sights;
    private final Readership readership;
    private final Gate gate = new Gate(1);

    RehearsalResource(
            Catalogue catalogue,
            Candidates candidates,
            Rehearsal rehearsal,
            QueryReader queries,
            Sights sights,
            Readership readership) {
        this.catalogue = catalogue;
        this.candidates = candidates;
        this.rehearsal = rehearsal;
        this.queries = queries;
        this.sights = sights;
        this.readership = readership;
    }

    @POST
    @Consumes(YAML)
    @ExtraQueryParameters("*")
    @Operation(
            summary = "Try a definition before it is switched on",
            description =
                    "Takes a definition as a file of contracts/indicators would be, checks it as the service does at start, and"
                            + " answers its values beside those of the definition that serves, both counted from the same"
                            + " evidence. Of a figure that does not exist yet there is the candidate alone."
                            + " Takes the parameters of values for what is asked. Nothing is stored; one rehearsal runs"
                            + " at a time. `next` goes on at the same moment, with the same file.")
    @Parameter(name = "by", in = ParameterIn.QUERY, example = "hostCountry", description = "as for values")
    @Parameter(name = "period", in = ParameterIn.QUERY, example = "2023", description = "as for values")
    @Parameter(
            name = DIFFERING,
            in = ParameterIn.QUERY,
            example = "false",
            description = "false: places at which both are the same, too")
    @Parameter(
            name = Sights.AS_OF,
            in = ParameterIn.QUERY,
            example = "2026-11-01T00:00:00Z",
            description = "what was known at this moment; absent: now")
    @Parameter(name = LIMIT, in = ParameterIn.QUERY, example = "100", description = "how many rows, 1 to 1000")
    @Parameter(name = CURSOR, in = ParameterIn.QUERY, description = "next of the page before")
    @RequestBody(required = true, content = @Content(mediaType = YAML, schema = @Schema(implementation = String.class)))
    public RehearsalAnswers.Page rehearse(
            @PathParam("code") @Parameter(example = "overseas-schools") String code,
            @Context UriInfo uri,
            @HeaderParam("Content-Encoding") @Parameter(hidden = true) @Nullable String encoding,
            InputStream body)
            throws IOException {
        readership.operates("Only an operator rehearses a definition.", "只有运行人员可以试算定义。");
        Optional<Figure> active = catalogue.find(code);
        byte[] yaml = BodyReader.readWhole(body, encoding, LONGEST);
        Map<String, List<String>> parameters = uri.getQueryParameters();
        int limit = QueryParameters.parseLimit(QueryReader.readSingle(LIMIT, parameters));
        boolean differing = QueryParameters.parseFlag(DIFFERING, QueryReader.readSingle(DIFFERING, parameters), true);
        String list = list(code, yaml, parameters);
        Cursor cursor = Cursor.decode(list, 2, QueryReader.readSingle(CURSOR, parameters));
        return gate.through(() -> {
            Figure candidate = candidates.read(code, yaml);
            Horizon horizon = sights.horizon(
                    Sights.AS_OF, cursor == null ? Sights.moment(Sights.AS_OF, parameters) : cursor.instant(0));
            Side.Reading reading = figure -> queries.read(figure, parameters, ALSO, sights.today(horizon));
            Optional<Side> before = active.map(figure -> Side.of(figure, reading));
            Side after = Side.of(candidate, reading);
            FigureQuery asked = after.query()
                    .or(() -> before.flatMap(Side::query))
                    .orElseThrow(() -> after.why().orElseThrow());
            Rehearsal.Compared compared = rehearsal.run(before, after, horizon);
            List<Rehearsal.Row> different =
                    compared.rows().stream().filter(Rehearsal.Row::differs).toList();
            List<Rehearsal.Row> rows = differing ? different : compared.rows();
            int from = cursor == null ? 0 : Math.clamp(cursor.integer(1), 0, rows.size());
            int to = Math.min(rows.size(), from + limit);
            return new RehearsalAnswers.Page(
                    active.map(Heading::of).orElse(null),
                    Heading.of(candidate),
                    asked.byNames(),
                    asked.filterTexts(),
                    compared.period(),
                    new PositionAnswer(compared.offsets(), horizon.moment()),
                    compared.rows().size(),
                    different.size(),
                    rows.subList(from, to).stream()
                            .map(RehearsalAnswers.RowAnswer::of)
                            .toList(),
                    notes(before, after),
                    to < rows.size() ? Cursor.encode(list, horizon.moment(), to) : null);
        });
    }

    /** Names what a cursor belongs to: this file and this question. */
    private static String list(String code, byte[] yaml, Map<String, List<String>> parameters) {
        Map<String, List<String>> asked = new TreeMap<>(parameters);
        asked.keySet().removeAll(List.of(LIMIT, CURSOR));
        return "rehearsal " + code + " " + asked + " " + new String(yaml, StandardCharsets.UTF_8);
    }

    private static List<NoteAnswer> notes(Optional<Side> active, Side candidate) {
        List<NoteAnswer> notes = new ArrayList<>();
        active.flatMap(Side::why)
                .ifPresent(why -> notes.add(new NoteAnswer(
                        "active-cannot-answer",
                        "现行定义无法回答此问题：" + why.detailZh(),
                        "The definition that serves cannot be asked this way: " + why.detail())));
        candidate
                .why()
                .ifPresent(why -> notes.add(new NoteAnswer(
                        "candidate-cannot-answer",
                        "候选定义无法回答此问题：" + why.detailZh(),
                        "The candidate cannot be asked this way: " + why.detail())));
        return notes;
    }
}
