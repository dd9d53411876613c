package org.voyage.kit.log;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.voyage.kit.database.SqlArray;

/** Partitions with one or more numbers each, as arrays that a statement unnests into rows. */
public final class PartitionArrays {

    private final List<String> topics = new ArrayList<>();
    private final List<Integer> partitions = new ArrayList<>();
    private final List<List<Long>> numbers = new ArrayList<>();

    public void add(TopicPartition partition, long... each) {
        topics.add(partition.topic());
        partitions.add(partition.partition());
        for (int i = 0; i < each.length; i++) {
            if (i == numbers.size()) {
                numbers.add(new ArrayList<>());
            }
            numbers.get(i).add(each[i]);
        }
    }

    public boolean isEmpty() {
        return topics.isEmpty();
    }

    /** Returns one array for the topics, one for the partitions and one for each number. */
    public List<SqlArray> columns() {
        List<SqlArray> columns = new ArrayList<>(List.of(SqlArray.ofTexts(topics), SqlArray.ofInts(partitions)));
        numbers.forEach(column -> columns.add(SqlArray.ofLongs(column)));
        return columns;
    }

    /** Returns the {@link #columns()} and the parameters that follow them in a statement. */
    public Object[] columnsAnd(Object... following) {
        return Stream.concat(columns().stream(), Stream.of(following)).toArray();
    }
}
