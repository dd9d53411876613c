package org.voyage.feeds.topic;

import java.util.regex.Pattern;

/** Names of topics, in which the code of the alliance decides who may read: {@code feeds.WFCP.0k2m9q4tq8b1v7r}. */
public final class FeedTopicNames {

    /** Begins the names of all topics and groups that an alliance can have. Internal topics go on with a small letter. */
    static final String PREFIX = "feeds.";

    /** Topic of the values that readers outside see (contracts/asyncapi/indicators.yaml). */
    public static final String FIGURES = "indicators.indicator";

    private static final String STATES = ".state";
    private static final Pattern NAME = Pattern.compile("feeds\\.[A-Z0-9]{2,20}\\.[0-9a-z]{1,40}(\\.state)?");

    private FeedTopicNames() {}

    /** Returns the topic of the events of a feed. */
    public static String topicOf(String alliance, String feed) {
        return groupPrefixOf(alliance) + feed;
    }

    /** Returns the topic of the states of the records that a feed has in scope. */
    public static String stateTopicOf(String alliance, String feed) {
        return topicOf(alliance, feed) + STATES;
    }

    static boolean isStateTopic(String name) {
        return name.endsWith(STATES);
    }

    /** Returns how the names of the consumer groups of an alliance begin. */
    public static String groupPrefixOf(String alliance) {
        return PREFIX + alliance + ".";
    }

    /** Returns whether only a feed can have a topic with this name. */
    static boolean isFeedTopic(String name) {
        return NAME.matcher(name).matches();
    }
}
