package org.voyage.kit.guard;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Path names of the request metrics: the template of a path, never the path of a request. A key may name a person, and
 * each key would be a time series of its own. A request that is refused before its operation is found has no template.
 */
@Singleton
public class RequestMetrics {

    private static final String REQUESTS_METER = "http.server.requests";
    private static final String PATH_TAG = "uri";
    private static final Tag UNMATCHED_PATH = Tag.of(PATH_TAG, "UNMATCHED");
    /** {@code /v1/records}: a later segment may be a key. */
    private static final int STEPS_WITHOUT_KEY = 3;

    @Produces
    @Singleton
    MeterFilter keyRedactionFilter() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith(REQUESTS_METER) && mayHoldKey(id)
                        ? id.replaceTags(id.getTags().stream()
                                .map(tag -> tag.getKey().equals(PATH_TAG) ? UNMATCHED_PATH : tag)
                                .toList())
                        : id;
            }
        };
    }

    private static boolean mayHoldKey(Meter.Id id) {
        String path = id.getTag(PATH_TAG);
        return isRefused(id.getTag("status"))
                && path != null
                && path.indexOf('{') < 0
                && List.of(path.split("/")).size() > STEPS_WITHOUT_KEY;
    }

    private static boolean isRefused(@Nullable String status) {
        return status != null && status.startsWith("4");
    }
}
