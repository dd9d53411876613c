package org.voyage.feeds.grant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.grant.GrantResponses.GrantEffect;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordDimensions;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.kit.database.JdbcClient;

/** Counter of the records that a change of grants brings in or takes out. It reads all states, as the assigner has stored them. */
@ApplicationScoped
class GrantEffects {

    private static final int FETCH_SIZE = 200;
    private static final String STATES_SQL = """
            select r.record, r.province, r.state, p.state, r.outside_id, r.parent_id
              from record_state r left join record_state p on p.outside_id = r.parent_id
             where r.state is not null""";
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient database;

    GrantEffects(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Whether a record may be seen before and after. */
    private record Visibility(boolean before, boolean after) {

        static final Visibility NONE = new Visibility(false, false);

        Visibility or(Visibility other) {
            return new Visibility(before || other.before, after || other.after);
        }

        Visibility and(Visibility other) {
            return new Visibility(before && other.before, after && other.after);
        }
    }

    /** Numbers while they are counted. A standard may be seen while one of its recognitions may. */
    private static final class EffectCount {
        private final FeedScope before;
        private final FeedScope after;
        private final Map<String, Visibility> standards = new HashMap<>();
        private final Map<String, Visibility> throughRecognitions = new HashMap<>();
        private long in;
        private long out;
        private long all;

        EffectCount(FeedScope before, FeedScope after) {
            this.before = before;
            this.after = after;
        }

        void addRow(ResultSet row) throws SQLException {
            FeedRecord record = FeedRecord.of(row.getString(1));
            String parentState = row.getString(4);
            String parent = row.getString(6);
            RecordDimensions dimensions = RecordDimensions.of(
                    record, row.getString(2), parse(row.getString(3)), parentState == null ? null : parse(parentState));
            Visibility its = new Visibility(
                    before.grantedFields(dimensions).isPresent(),
                    after.grantedFields(dimensions).isPresent());
            if (record == FeedRecord.STANDARD) {
                standards.put(row.getString(5), its);
            } else if (record != FeedRecord.RECOGNITION) {
                add(its);
            } else if (parentState != null) {
                add(its);
                throughRecognitions.merge(parent, its, Visibility::or);
            }
        }

        GrantEffect toEffect() {
            standards.forEach((id, its) -> add(its.and(throughRecognitions.getOrDefault(id, Visibility.NONE))));
            return new GrantEffect(in, out, all);
        }

        private void add(Visibility its) {
            in += its.after && !its.before ? 1 : 0;
            out += its.before && !its.after ? 1 : 0;
            all += its.after ? 1 : 0;
        }

        private static JsonNode parse(@Nullable String json) {
            try {
                return JSON.readTree(json);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    GrantEffect count(FeedScope before, FeedScope after) {
        EffectCount count = new EffectCount(before, after);
        database.inTransaction(client -> {
            client.queryEach(FETCH_SIZE, STATES_SQL, count::addRow);
            return true;
        });
        return count.toEffect();
    }
}
