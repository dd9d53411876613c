package org.voyage.indicators.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Partitions with one or more numbers each, as arrays that a statement unnests into rows. */
final class Partitions {

    private final List<String> topics = new ArrayList<>();
    private final List<Integer> partitions = new ArrayList<>();
    private final List<List<Long>> numbers = new ArrayList<>();

    void add(TopicPartition partition, long... each) {
        topics.add(partition.topic());
        partitions.add(partition.partition());
        for (int i = 0; i < each.length; i++) {
            if (i == numbers.size()) {
                numbers.add(new ArrayList<>());
            }
            numbers.get(i).add(each[i]);
        }
    }

    boolean isEmpty() {
        return topics.isEmpty();
    }

    /** @return the index of the parameter that follows */
    int bind(Connection connection, PreparedStatement statement, int first) throws SQLException {
        int index = first;
        statement.setArray(index++, connection.createArrayOf("text", topics.toArray()));
        statement.setArray(index++, connection.createArrayOf("int4", partitions.toArray()));
        for (List<Long> column : numbers) {
            statement.setArray(index++, connection.createArrayOf("int8", column.toArray()));
        }
        return index;
    }
}
