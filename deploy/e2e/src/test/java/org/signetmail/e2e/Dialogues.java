package org.signetmail.e2e;

import java.nio.file.Path;
import org.signetmail.local.process.Layout;

/** Where the dialogues lie. */
final class Dialogues {
    /** One for each trick of the verdict table. */
    static final Path VERDICTS = Layout.root().resolve("deploy/e2e/src/test/resources/dialogues/verdicts");

    /** The same with signet.display-name-address=reject. */
    static final Path DISPLAY_NAMES_REJECTED = VERDICTS.resolveSibling("display-names-rejected");

    /** The protocol itself, whatever the verdict. */
    static final Path PROTOCOL = Layout.root().resolve("smtp-edge/src/test/resources/dialogues");

    private Dialogues() {}
}
