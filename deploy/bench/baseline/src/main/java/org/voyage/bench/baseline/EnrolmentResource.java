package org.voyage.bench.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;

/** Takes a record whose key is new; it does not even look whether it is, which spares it a statement. */
@Path("/enrolments/{province}/{sourceId}")
public class EnrolmentResource {

    private final ObjectMapper json;

    EnrolmentResource(ObjectMapper json) {
        this.json = json;
    }

    @PUT
    @Transactional
    public Enrolment put(
            @PathParam("province") String province, @PathParam("sourceId") String sourceId, Enrolment enrolment)
            throws JsonProcessingException {
        enrolment.id = province + "/" + sourceId;
        enrolment.persist();
        OutboxRow event = new OutboxRow();
        event.type = "inbound-enrolment.changed";
        event.key = enrolment.id;
        event.time = Instant.now();
        event.data = json.writeValueAsString(enrolment);
        event.persist();
        return enrolment;
    }
}
