package org.signetmail.local.stack;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.signetmail.local.process.Ports;

/** Somebody else listens where parts of the stack would; nothing was started. */
public final class PortsTaken extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int STEP = 100;
    private static final int LAST_TRIED = 2000;

    private PortsTaken(String message) {
        super(message);
    }

    /** Throws unless every port of the stack is free. */
    static void check(Endpoints endpoints) {
        List<Endpoints.Listener> taken = listeners(endpoints)
                .filter(listener -> !Ports.isFree(listener.port()))
                .toList();
        if (taken.isEmpty()) {
            return;
        }
        var message = new StringBuilder();
        for (Endpoints.Listener listener : taken) {
            message.append("Port %d is taken by another program; %s wants it (%s).%n"
                    .formatted(listener.port(), listener.part().label(), listener.purpose()));
        }
        message.append(
                        "Nothing was started. Stop that program, or shift all ports of Signet: ./signet up --port-offset ")
                .append(freeOffset(endpoints.offset()));
        throw new PortsTaken(message.toString());
    }

    private static int freeOffset(int taken) {
        return IntStream.rangeClosed(1, LAST_TRIED / STEP)
                .map(step -> taken + step * STEP)
                .filter(offset -> listeners(new Endpoints(offset)).allMatch(listener -> Ports.isFree(listener.port())))
                .findFirst()
                .orElse(taken + LAST_TRIED + STEP);
    }

    private static Stream<Endpoints.Listener> listeners(Endpoints endpoints) {
        return Stream.of(Part.values()).flatMap(part -> endpoints.listeners(part).stream());
    }
}
