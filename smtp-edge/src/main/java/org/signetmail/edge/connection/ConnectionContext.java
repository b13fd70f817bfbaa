package org.signetmail.edge.connection;

import java.time.Duration;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.auth.Authenticator;
import org.signetmail.edge.auth.Verifiers;
import org.signetmail.edge.content.Storage;
import org.signetmail.edge.reply.ReplyStyle;
import org.signetmail.edge.session.Intake;

/** What every connection of a server shares; {@code org.signetmail.edge.EdgeConfig} documents each. Sizes in octets. */
public record ConnectionContext(
        Authenticator authenticator,
        Verifiers verifiers,
        Intake intake,
        EdgeMetrics metrics,
        ReplyStyle replyStyle,
        Storage storage,
        Tally<String> accounts,
        int maxConnectionsPerAccount,
        int maxLineLength,
        Duration commandTimeout,
        Duration dataTimeout,
        int minDataRate) {}
