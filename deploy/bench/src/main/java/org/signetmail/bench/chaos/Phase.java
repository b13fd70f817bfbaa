package org.signetmail.bench.chaos;

import java.util.List;
import java.util.Locale;
import org.signetmail.bench.chaos.Sent.Answer;
import org.signetmail.local.stack.Part;

/** One part under one fault, and the account of the messages meanwhile: a line of the table. */
record Phase(Part part, Fault fault, Ledger ledger) {
    static final String HEADING = """
        | part | fault | sent | 250 | 554 | 4xx | no reply | delivered | twice | kept, yet delivered | lost \
        | forged through | no incident | no report | passed |
        |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|\
        """;

    /** Behind 250 the relay delivers at least once: again what was not settled when it, its queue or the next hop was lost. */
    private boolean mayRepeat() {
        return switch (part) {
            case SMTP_EDGE, KAFKA, MAIL_STORE -> true;
            case POSTGRESQL, DIRECTORY_SERVICE, POLICY_SERVICE, NOTIFIER -> false;
        };
    }

    List<String> wrongs() {
        return ledger.wrongs(mayRepeat());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %s |",
                part.label(),
                fault.label(),
                ledger.sent().size(),
                ledger.answered(Answer.ACCEPTED),
                ledger.answered(Answer.REFUSED),
                ledger.answered(Answer.DEFERRED),
                ledger.answered(Answer.NONE),
                ledger.delivered(),
                ledger.twice(),
                ledger.keptYetDelivered(),
                ledger.lost(),
                ledger.forgedThrough(),
                ledger.unrecorded(),
                ledger.unreported(),
                wrongs().isEmpty() ? "yes" : "NO: " + String.join(", ", wrongs()));
    }
}
