package org.signetmail.edge.dkim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.james.jdkim.tagvalue.SignatureRecordTemplate;

/** The field DKIM-Signature (RFC 6376 3.5), its tags in order and folded; the library writes them as they come, in one line. */
final class SignatureField extends SignatureRecordTemplate {
    static final String NAME = "DKIM-Signature:";
    private static final int LINE = 76;

    /** @param tags b= is the last of them, and empty */
    SignatureField(String tags) {
        super(tags);
    }

    @Override
    protected Map<String, CharSequence> newTagValue() {
        return new LinkedHashMap<>();
    }

    @Override
    public String toString() {
        var field = new StringBuilder();
        int column = NAME.length();
        for (String tag : getTags()) {
            for (String piece : pieces(tag)) {
                boolean fits = column + 1 + piece.length() <= LINE;
                field.append(fits ? (piece.startsWith(tag + "=") ? " " : "") : "\r\n\t")
                        .append(piece);
                column = fits ? column + 1 + piece.length() : 1 + piece.length();
            }
        }
        return field.toString();
    }

    /** A tag, cut where it may be folded: h= at its colons, b= anywhere, which nobody signs. */
    private String[] pieces(String tag) {
        return switch (tag) {
            case "h" -> (tag + "=" + getValue(tag) + ";").split("(?<=:)", -1);
            case "b" -> (tag + "=" + getValue(tag)).split("(?<=\\G.{70})", -1);
            default -> new String[] {tag + "=" + getValue(tag) + ";"};
        };
    }
}
