package org.voyage.kit.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Registry of the components of a service that work on a thread of their own, such as the outbox relay. Each registers
 * once and then beats; a component that stays silent for too long, or that reports a failure, makes {@code
 * /q/health/ready} and {@code /q/health/live} answer 503 with its name.
 *
 * <pre>{@code
 * ComponentHeartbeat heartbeat = health.register("outbox relay", Duration.ofSeconds(8));
 * try {
 *     while (running) {
 *         heartbeat.beat();
 *         runStep(); // shorter than 8 seconds, whatever fails: otherwise the step beats, too
 *     }
 *     heartbeat.retire(); // an end on purpose
 * } catch (Throwable failure) {
 *     heartbeat.reportFailure(failure.toString()); // seen within a second
 *     throw failure;
 * }
 * }</pre>
 *
 * <p>A component that waits for a backend (Kafka, PostgreSQL) works and goes on beating: a restart would not help.
 */
@ApplicationScoped
public class ComponentHealth {

    private final Map<String, ComponentHeartbeat> components = new ConcurrentHashMap<>();

    /**
     * Registers a component that begins to work now. A component of the same name is replaced.
     *
     * @param name as the answers of health report it, for instance {@code outbox relay}
     * @param silence the longest time between two beats; at most 8 seconds, so that health reports the end of a
     *     component within 10 seconds
     */
    public ComponentHeartbeat register(String name, Duration silence) {
        var heartbeat = new ComponentHeartbeat(silence, ended -> components.remove(name, ended));
        components.put(name, heartbeat);
        return heartbeat;
    }

    /**
     * Registers a component whose waits have time-outs of their own. Only the end of its thread is a fault, so it need not
     * beat while it waits for a backend.
     *
     * @param thread lives until the component retires
     */
    public ComponentHeartbeat watchThread(String name, Thread thread) {
        var heartbeat = new ComponentHeartbeat(thread, ended -> components.remove(name, ended));
        components.put(name, heartbeat);
        return heartbeat;
    }

    /** Returns the fault of each component that does not work, by name; empty while all work. */
    Map<String, String> findFaults() {
        var faults = new TreeMap<String, String>();
        components.forEach((name, heartbeat) -> heartbeat.findFault().ifPresent(fault -> faults.put(name, fault)));
        return faults;
    }

    /** Returns the number of registered components. */
    int countComponents() {
        return components.size();
    }
}
