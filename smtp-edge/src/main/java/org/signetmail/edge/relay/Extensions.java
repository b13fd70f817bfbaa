package org.signetmail.edge.relay;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the next hop offered after EHLO or LHLO: keyword in upper case, and its parameters. */
record Extensions(Map<String, String> offered) {
    static final Extensions NONE = new Extensions(Map.of());
    private static final int AFTER_CODE = 4;

    /** @param lines of the reply; the first one has the host's name only */
    static Extensions of(List<String> lines) {
        var offered = new HashMap<String, String>();
        lines.stream().skip(1).filter(line -> line.length() > AFTER_CODE).forEach(line -> {
            String extension =
                    line.substring(AFTER_CODE).toUpperCase(Locale.ROOT).trim();
            int space = extension.indexOf(' ');
            offered.put(
                    space < 0 ? extension : extension.substring(0, space),
                    space < 0 ? "" : extension.substring(space + 1));
        });
        return new Extensions(offered);
    }

    boolean offers(String keyword) {
        return offered.containsKey(keyword);
    }

    boolean offersAuth(String mechanism) {
        return Optional.ofNullable(offered.get("AUTH"))
                .map(mechanisms -> Set.of(mechanisms.split(" +", -1)).contains(mechanism))
                .orElse(false);
    }

    /** RFC 1870 4: no parameter, or 0, is no limit. */
    OptionalLong sizeLimit() {
        String size = offered.getOrDefault("SIZE", "");
        if (!size.matches("\\d{1,18}") || Long.parseLong(size) == 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(size));
    }
}
