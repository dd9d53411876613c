package org.voyage.kit.record.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.format.BatchFormat;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.sheet.TemplateFile;

/**
 * HTTP operations that are the same for every record type, eight in number. A resource implements this interface, names
 * its path and adds {@code list} with its own filters. The OpenAPI document replaces the placeholders in braces with
 * the names of the record type, and names {@code list} likewise.
 *
 * <p>Quarkus REST reads the annotations of an interface only where the class does not declare the method. A resource
 * therefore overrides none of these methods.
 */
@Produces(MediaType.APPLICATION_JSON)
public interface RecordRoutes<T> {

    RecordRequestHandler<T> endpoint();

    /** Stores one record. The request holds no thread while its transaction waits. */
    @PUT
    @Cancellable(false)
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "put{Record}", summary = "Create or correct {a record} / 新增或更正{记录}")
    default CompletionStage<Response> put(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint().put(province, sourceId, body, headers);
    }

    @DELETE
    @Path("{province}/{sourceId}")
    @Operation(operationId = "withdraw{Record}", summary = "Withdraw {a record}, with a reason / 撤回{记录}")
    default Response withdraw(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("reason") @Nullable String reason,
            @Context HttpHeaders headers) {
        return endpoint().withdraw(province, sourceId, reason, headers);
    }

    @POST
    @Path("{province}/{sourceId}/rename")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "rename{Record}", summary = "Correct the key of {a record} / 更正{记录}的编号")
    default Response rename(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint().rename(province, sourceId, body, headers);
    }

    @POST
    @Path("{province}/{sourceId}/merge")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "merge{Record}", summary = "Merge {a record} into another that is the same / 合并重复的{记录}")
    default Response merge(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint().merge(province, sourceId, body, headers);
    }

    @GET
    @Path("{province}/{sourceId}")
    @Operation(operationId = "get{Record}", summary = "One of the {records}, now or as we knew it / 查询{记录}")
    default Response get(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("asOf") @Nullable String asOf,
            @Context HttpHeaders headers) {
        return endpoint().get(province, sourceId, asOf, headers);
    }

    @GET
    @Path("{province}/{sourceId}/history")
    @Operation(operationId = "get{Record}History", summary = "Every version of {a record} / {记录}的历史版本")
    default Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return endpoint().history(province, sourceId);
    }

    @GET
    @Path("template.xlsx")
    @CostCategory(RequestCost.LARGE)
    @Produces(TemplateFile.MEDIA_TYPE)
    @Operation(operationId = "get{Record}Template", summary = "A spreadsheet to fill in / 下载填报模板")
    default Response template(@QueryParam("lang") @Nullable String lang, @Context HttpHeaders headers) {
        return endpoint().getTemplate(lang, headers);
    }

    @POST
    @Path("batches")
    @CostCategory(RequestCost.UPLOAD)
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    @Operation(operationId = "post{Record}Batch", summary = "A file of any size / 批量报送{记录}")
    default Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @QueryParam("tried") @Nullable String tried,
            @Context HttpHeaders headers,
            InputStream body) {
        return endpoint().postBatch(mode, dryRun, tried, headers, body);
    }
}
