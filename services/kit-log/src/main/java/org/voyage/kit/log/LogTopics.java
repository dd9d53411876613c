package org.voyage.kit.log;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Topics that the service reads, with their record types. The record type is the part of the name after the service.
 */
public final class LogTopics {

    private final Map<String, String> recordByTopic = new LinkedHashMap<>();
    private final Map<String, String> serviceByRecord = new HashMap<>();

    public LogTopics(List<String> names) {
        for (String name : names) {
            int dot = name.indexOf('.');
            if (dot < 1 || dot == name.length() - 1) {
                throw new IllegalArgumentException("topics to read: \"" + name + "\" is not <service>.<record>");
            }
            if (recordByTopic.containsValue(name.substring(dot + 1))) {
                throw new IllegalArgumentException("topics to read: two topics of record " + name.substring(dot + 1));
            }
            recordByTopic.put(name, name.substring(dot + 1));
            serviceByRecord.put(name.substring(dot + 1), name.substring(0, dot));
        }
    }

    private LogTopics(Map<String, String> recordByTopic) {
        this.recordByTopic.putAll(recordByTopic);
    }

    /** Returns the topics of some kinds, which have the same names in each service, for the services of these topics. */
    public LogTopics ofSameServices(List<String> kinds) {
        Map<String, String> others = new LinkedHashMap<>();
        for (String name : names()) {
            kinds.forEach(kind -> others.put(name.substring(0, name.indexOf('.') + 1) + kind, kind));
        }
        return new LogTopics(others);
    }

    /** Returns the service that publishes a record. */
    public String serviceOf(String record) {
        String service = serviceByRecord.get(record);
        if (service == null) {
            throw new IllegalArgumentException("record " + record + " is not read");
        }
        return service;
    }

    public Collection<String> names() {
        return recordByTopic.keySet();
    }

    public Collection<String> records() {
        return recordByTopic.values();
    }

    public String recordOf(String topic) {
        String record = recordByTopic.get(topic);
        if (record == null) {
            throw new IllegalArgumentException("topic " + topic + " is not read");
        }
        return record;
    }
}
