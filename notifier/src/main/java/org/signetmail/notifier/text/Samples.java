package org.signetmail.notifier.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values of every case that a template has to cope with: each template is tried with them when it is loaded. */
final class Samples {
    private static final String DATE = "Thu, 15 Jan 2026 10:00:00 +0000";

    private Samples() {}

    static List<Map<String, ?>> of(TextKind kind) {
        return switch (kind) {
            case REFUSED, NOTIFICATION ->
                List.of(
                        refusal("identity", List.of(allowed("a@example.test", ""), allowed("", "example.test"))),
                        refusal("displayName", List.of(allowed("a@example.test", ""))),
                        refusal("form", List.of()),
                        refusal("suspended", List.of()));
            case DELIVERY ->
                List.of(delivery("failed"), delivery("delayed"), delivery("relayed"), delivery("delivered"));
            case DIGEST -> List.of(digest(true, "a@example.test"), digest(false, ""));
        };
    }

    private static Map<String, String> allowed(String address, String domain) {
        return Map.of("address", address, "domain", domain, "listed", address + domain);
    }

    private static Map<String, Object> refusal(String what, List<Map<String, String>> allowed) {
        boolean identity = what.equals("identity") || what.equals("displayName");
        var values = new HashMap<String, Object>(Map.of(
                "identity",
                identity,
                "envelope",
                allowed.isEmpty(),
                "suspended",
                what.equals("suspended"),
                "account",
                "alice",
                "login",
                "\\alice",
                "address",
                identity ? "ceo@example.test" : "",
                "field",
                "From",
                "detail",
                "Two From fields",
                "allowed",
                allowed));
        values.putAll(Map.of(
                "to", "bob@example.test",
                "from", "ceo@example.test",
                "subject", "Hello",
                "server", "mail.example.test",
                "incident", "0b8f6c1e-5d0a-4d55-9a3c-7f1f2a9f3c01",
                "administrator", "postmaster@example.test",
                "helo", "laptop.example.test",
                "host", "192.0.2.1",
                "time", "2026-01-15T10:00:00Z",
                "mailFrom", "alice@example.test"));
        values.put("archive", allowed.isEmpty() ? "" : "/var/spool/signet/in/archive/W1");
        values.put("primary", allowed.isEmpty() ? "" : "alice@example.test");
        values.put("recipients", "<bob@example.test>");
        values.put("displayName", what.equals("displayName"));
        return values;
    }

    private static Map<String, Object> delivery(String action) {
        var recipient = Map.of("address", "bob@example.test", "host", "mx.example.test", "answer", "250 ok");
        var values = new HashMap<String, Object>(Map.of(
                "to", "bob@example.test",
                "from", "alice@example.test",
                "subject", "Hello",
                "server", "mail.example.test",
                "message", "0b8f6c1e-5d0a-4d55-9a3c-7f1f2a9f3c01",
                "accepted", DATE,
                "retryUntil", action.equals("delayed") ? DATE : "",
                "secret", action.equals("failed")));
        for (String each : List.of("failed", "delayed", "relayed", "delivered")) {
            values.put(each, each.equals(action) ? List.of(recipient) : List.of());
        }
        return values;
    }

    private static Map<String, Object> digest(boolean admin, String address) {
        Map<String, Object> line = Map.of(
                "count",
                10L,
                "account",
                "alice",
                "address",
                address,
                "field",
                "From",
                "hosts",
                "192.0.2.1",
                "moreHosts",
                admin ? 2L : 0L,
                "first",
                DATE,
                "last",
                DATE);
        return Map.of(
                "admin",
                admin,
                "count",
                10L,
                "account",
                "alice",
                "accounts",
                1L,
                "first",
                DATE,
                "last",
                DATE,
                "lines",
                List.of(line),
                "more",
                admin ? 3L : 0L,
                "server",
                "mail.example.test",
                "administrator",
                "postmaster@example.test");
    }
}
