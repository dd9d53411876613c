package org.voyage.bench;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.MethodEntryRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Debugger of one running service: the classes whose methods begin during a round, and the trips to its database. */
class ServiceDebugger implements AutoCloseable {

    /** Option of the services' JVM with which a debugger can attach by process id. */
    static final String JVM_OPTION = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";

    private static final String CONNECTOR = "com.sun.jdi.ProcessAttach";
    private static final String OWN_CLASSES = "org.voyage.*";
    private static final String DRIVER_CLASS = "org.postgresql.core.v3.QueryExecutorImpl";
    /** Messages of PostgreSQL's protocol after which the driver waits for the server. */
    private static final Set<String> TRIP_METHODS = Set.of("sendSync", "sendSimpleQuery");

    private static final long QUIET_MILLIS = 500;

    private final String name;
    private final VirtualMachine machine;
    private final List<MethodEntryRequest> requests = new ArrayList<>();
    private final List<Integer> trips = new ArrayList<>();
    private Set<String> everyRound = Set.of();
    private int rounds;

    private ServiceDebugger(String name, VirtualMachine machine) {
        this.name = name;
        this.machine = machine;
        for (String filter : List.of(OWN_CLASSES, DRIVER_CLASS)) {
            MethodEntryRequest request = machine.eventRequestManager().createMethodEntryRequest();
            request.addClassFilter(filter);
            request.setSuspendPolicy(EventRequest.SUSPEND_NONE);
            requests.add(request);
        }
    }

    /** Attaches to the process of a service that this JVM has started with {@link #JVM_OPTION}. */
    static ServiceDebugger attachTo(String service) throws IOException, IllegalConnectorArgumentsException {
        long process = ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().commandLine().orElse("").contains("services/" + service + "/"))
                .findFirst()
                .orElseThrow()
                .pid();
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(each -> each.name().equals(CONNECTOR))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("pid")).setValue(Long.toString(process));
        return new ServiceDebugger(service, connector.attach(arguments));
    }

    String name() {
        return name;
    }

    void startRound() {
        requests.forEach(EventRequest::enable);
    }

    /** Ends the round and takes in what ran. */
    void endRound() {
        requests.forEach(EventRequest::disable);
        Set<String> classes = new HashSet<>();
        Set<Long> requestThreads = new HashSet<>();
        List<Long> tripThreads = new ArrayList<>();
        for (MethodEntryEvent event : takeEvents()) {
            String type = event.method().declaringType().name();
            if (type.equals(DRIVER_CLASS)) {
                if (TRIP_METHODS.contains(event.method().name())) {
                    tripThreads.add(event.thread().uniqueID());
                }
                continue;
            }
            String source = sourceClass(type);
            classes.add(source);
            if (source.endsWith("Resource")) {
                requestThreads.add(event.thread().uniqueID());
            }
        }
        trips.add((int) tripThreads.stream().filter(requestThreads::contains).count());
        if (rounds++ == 0) {
            everyRound = classes;
        } else {
            everyRound.retainAll(classes);
        }
    }

    private List<MethodEntryEvent> takeEvents() {
        List<MethodEntryEvent> taken = new ArrayList<>();
        try {
            for (EventSet events = machine.eventQueue().remove(QUIET_MILLIS);
                    events != null;
                    events = machine.eventQueue().remove(QUIET_MILLIS)) {
                for (Event event : events) {
                    if (event instanceof MethodEntryEvent entry) {
                        taken.add(entry);
                    }
                }
            }
        } catch (InterruptedException | VMDisconnectedException e) {
            throw new IllegalStateException(name + " is no longer watched", e);
        }
        return taken;
    }

    /** Returns the top-level class, without what the build adds to its name. */
    private static String sourceClass(String type) {
        int end = type.indexOf('$');
        String top = end < 0 ? type : type.substring(0, end);
        int generated = top.indexOf('_');
        return generated < 0 ? top : top.substring(0, generated);
    }

    /** Returns the classes that ran in every round. */
    Set<String> classesOfEveryRound() {
        return everyRound;
    }

    /** Returns the median number of trips to the database on the threads of requests. */
    int medianTrips() {
        return trips.stream().sorted().toList().get(trips.size() / 2);
    }

    @Override
    public void close() {
        machine.dispose();
    }
}
