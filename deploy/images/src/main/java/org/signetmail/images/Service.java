package org.signetmail.images;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.signetmail.local.process.Layout;

/** The services that get an image, with the ports that each listens on by default. */
enum Service {
    SMTP_EDGE("SMTP in, relay out", 587, 465, 8080, 9080),
    POLICY_SERVICE("The verdict: may this account use these originators", 8082, 9082),
    DIRECTORY_SERVICE("Accounts, addresses, grants, domains and credentials", 8081, 9081),
    NOTIFIER("Non-delivery reports, notifications and the record of incidents", 8083, 9083);

    private final String description;
    private final List<Integer> ports;

    Service(String description, Integer... ports) {
        this.description = description;
        this.ports = List.of(ports);
    }

    /** Name of its module and of its image. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String description() {
        return description;
    }

    List<Integer> ports() {
        return ports;
    }

    /** Its application as Quarkus packages it. */
    Path application() {
        return Layout.root().resolve(label()).resolve("target/quarkus-app");
    }

    /** Its bill of materials, which only a build with the profile images writes. */
    Path billOfMaterials() {
        return Layout.root().resolve(label()).resolve("target/sbom.json");
    }
}
