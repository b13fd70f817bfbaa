package org.signetmail.scale;

/**
 * Addresses of one cluster: a network of its own below 127.0.0.0/8, so that two on one machine do not meet, and every pod
 * listens on the ports of production.
 */
record Net(String prefix) {
    static final int SMTP_PORT = 2587;
    static final int HTTP_PORT = 8080;
    static final int MANAGEMENT_PORT = 9080;
    static final int KAFKA_PORT = 9092;
    static final int CONTROLLER_PORT = 9093;
    private static final int OCTET = 256;

    static Net ofThisProcess() {
        long pid = ProcessHandle.current().pid();
        return new Net("127.%d.%d.".formatted(1 + pid / OCTET % (OCTET - 2), pid % OCTET));
    }

    String host(int number) {
        return prefix + number;
    }

    /** Where the clients' connections come from. */
    String clients() {
        return host(250);
    }

    String balancer() {
        return host(240);
    }

    String nextHop() {
        return host(230);
    }
}
