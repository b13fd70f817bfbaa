package org.signetmail.edge.command;

import static org.signetmail.edge.command.Precondition.AUTHENTICATED;
import static org.signetmail.edge.command.Precondition.ESMTP;
import static org.signetmail.edge.command.Precondition.GREETED;
import static org.signetmail.edge.command.Precondition.NOT_AUTHENTICATED;
import static org.signetmail.edge.command.Precondition.NO_CHUNK;
import static org.signetmail.edge.command.Precondition.NO_MAIL;
import static org.signetmail.edge.command.Precondition.NO_SENDER;
import static org.signetmail.edge.command.Precondition.NO_TLS;
import static org.signetmail.edge.command.Precondition.RECIPIENT;
import static org.signetmail.edge.command.Precondition.SECURE_ENOUGH;
import static org.signetmail.edge.command.Precondition.SENDER;
import static org.signetmail.edge.command.Precondition.TLS_OFFERED;

import java.util.List;

/**
 * The table of sequencing: which verb may come when. The first precondition that does not hold owns the refusal.
 */
public enum Verb {
    EHLO,
    HELO,
    STARTTLS(ESMTP, TLS_OFFERED, NO_TLS),
    AUTH(ESMTP, NO_MAIL, NOT_AUTHENTICATED, SECURE_ENOUGH),
    MAIL(GREETED, AUTHENTICATED, NO_SENDER),
    RCPT(GREETED, AUTHENTICATED, SENDER, NO_CHUNK),
    DATA(GREETED, AUTHENTICATED, RECIPIENT, NO_CHUNK),
    BDAT(ESMTP, AUTHENTICATED, RECIPIENT),
    RSET,
    NOOP,
    VRFY(GREETED, AUTHENTICATED),
    HELP,
    QUIT,
    /** Known to RFC 5321 or to an extension that is not offered. */
    NOT_IMPLEMENTED,
    UNKNOWN;

    private final List<Precondition> preconditions;

    Verb(Precondition... preconditions) {
        this.preconditions = List.of(preconditions);
    }

    public List<Precondition> preconditions() {
        return preconditions;
    }
}
