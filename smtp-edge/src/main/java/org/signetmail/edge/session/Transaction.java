package org.signetmail.edge.session;

import java.util.ArrayList;
import java.util.List;
import org.signetmail.edge.command.Path;

/** A mail transaction under way, RFC 5321 section 3.3: the envelope. */
public record Transaction(Path reversePath, boolean smtputf8, List<Path> forwardPaths) {
    public Transaction {
        forwardPaths = List.copyOf(forwardPaths);
    }

    Transaction plus(Path forwardPath) {
        var more = new ArrayList<>(forwardPaths);
        more.add(forwardPath);
        return new Transaction(reversePath, smtputf8, more);
    }
}
