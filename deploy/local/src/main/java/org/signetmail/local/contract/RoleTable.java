package org.signetmail.local.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.signetmail.local.process.Layout;

/**
 * deploy/contract/roles.txt: which role may ask which service for what. The tests of each service ask for all of it, and
 * hold the table against the endpoints of its OpenAPI document, so that none is without a row.
 */
public final class RoleTable {
    /** Every role that there is, and one that there is not. */
    public static final List<String> ROLES =
            List.of("edge", "policy", "admin", "auditor", "domain-admin", "provisioning", "stranger");

    private static final Path CONTRACT = Layout.root().resolve("deploy/contract");
    private static final Pattern SAMPLE = Pattern.compile("\\{(\\w+)=([^}]*)}");
    private static final Pattern PATH = Pattern.compile("  (/\\S+):");
    private static final Pattern METHOD = Pattern.compile("    (get|put|post|patch|delete|head|options):");

    /** @param roles which may */
    public record Row(String method, String path, List<String> roles) {
        /** The path to ask with. */
        public String sample() {
            return SAMPLE.matcher(path).replaceAll("$2");
        }

        /** As {@link #endpoints} has it. */
        public String endpoint() {
            return method + " " + SAMPLE.matcher(path).replaceAll("{$1}");
        }

        public boolean allows(String role) {
            return roles.contains(role);
        }

        @Override
        public String toString() {
            return method + " " + sample();
        }
    }

    private RoleTable() {}

    public static List<Row> of(String service) {
        return lines(CONTRACT.resolve("roles.txt")).stream()
                .filter(line -> line.startsWith(service + " "))
                .map(line -> Arrays.asList(line.split("\\s+", -1)))
                .map(words -> new Row(words.get(1), words.get(2), words.subList(3, words.size())))
                .toList();
    }

    /** What the service's OpenAPI document has, as {@code GET /path/{name}}. */
    public static Set<String> endpoints(String service) {
        var endpoints = new TreeSet<String>();
        String path = "";
        for (String line : lines(CONTRACT.resolve("openapi").resolve(service + ".yaml"))) {
            Matcher begins = PATH.matcher(line);
            Matcher method = METHOD.matcher(line);
            if (begins.matches()) {
                path = begins.group(1);
            } else if (method.matches() && !path.isEmpty()) {
                endpoints.add(method.group(1).toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        return endpoints;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
