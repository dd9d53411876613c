package org.voyage.indicators.intake;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The topics that are read, and the record type of each: what follows the service in its name. */
public final class Topics {

    private final Map<String, String> recordByTopic = new LinkedHashMap<>();

    public Topics(List<String> names) {
        for (String name : names) {
            int dot = name.indexOf('.');
            if (dot < 1 || dot == name.length() - 1) {
                throw new IllegalArgumentException(
                        "voyage.indicators.topics: \"" + name + "\" is not <service>.<record>");
            }
            if (recordByTopic.containsValue(name.substring(dot + 1))) {
                throw new IllegalArgumentException(
                        "voyage.indicators.topics: two topics of record " + name.substring(dot + 1));
            }
            recordByTopic.put(name, name.substring(dot + 1));
        }
    }

    public Collection<String> names() {
        return recordByTopic.keySet();
    }

    public Collection<String> records() {
        return recordByTopic.values();
    }

    public String record(String topic) {
        String record = recordByTopic.get(topic);
        if (record == null) {
            throw new IllegalArgumentException("topic " + topic + " is not read");
        }
        return record;
    }
}
