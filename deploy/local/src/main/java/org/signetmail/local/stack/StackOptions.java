package org.signetmail.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.signetmail.local.broker.BrokerOptions;
import org.signetmail.local.process.Layout;

/**
 * How a stack differs from the one of {@code ./signet up}.
 *
 * @param directory data, logs, secrets and pid files
 * @param portOffset added to every port
 * @param environment more variables per service, which outrank the stack's own
 * @param jvmOptions more options for the JVM of a service
 * @param broker how Kafka is started
 */
public record StackOptions(
        Path directory,
        int portOffset,
        Map<Part, Map<String, String>> environment,
        Map<Part, List<String>> jvmOptions,
        BrokerOptions broker,
        Progress progress) {

    public static StackOptions in(Path directory) {
        return new StackOptions(
                directory.toAbsolutePath(), 0, Map.of(), Map.of(), BrokerOptions.ONE_BROKER, Progress.SILENT);
    }

    /** The stack of the checkout, in {@code .signet}. */
    public static StackOptions ofCheckout() {
        return in(Layout.root().resolve(".signet"));
    }

    public StackOptions withPortOffset(int offset) {
        return new StackOptions(directory, offset, environment, jvmOptions, broker, progress);
    }

    public StackOptions withEnvironment(Part service, Map<String, String> variables) {
        var merged = new EnumMap<Part, Map<String, String>>(Part.class);
        merged.putAll(environment);
        var ofService = new HashMap<>(environmentOf(service));
        ofService.putAll(variables);
        merged.put(service, ofService);
        return new StackOptions(directory, portOffset, merged, jvmOptions, broker, progress);
    }

    public StackOptions withJvmOption(Part service, String option) {
        var merged = new EnumMap<Part, List<String>>(Part.class);
        merged.putAll(jvmOptions);
        var ofService = new ArrayList<>(jvmOptionsOf(service));
        ofService.add(option);
        merged.put(service, ofService);
        return new StackOptions(directory, portOffset, environment, merged, broker, progress);
    }

    public StackOptions withBroker(BrokerOptions options) {
        return new StackOptions(directory, portOffset, environment, jvmOptions, options, progress);
    }

    public StackOptions withProgress(Progress listener) {
        return new StackOptions(directory, portOffset, environment, jvmOptions, broker, listener);
    }

    Map<String, String> environmentOf(Part service) {
        return environment.getOrDefault(service, Map.of());
    }

    List<String> jvmOptionsOf(Part service) {
        return jvmOptions.getOrDefault(service, List.of());
    }
}
