package org.signetmail.edge.connection;

import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.auth.Authenticator;
import org.signetmail.edge.reply.ReplyStyle;
import org.signetmail.edge.session.Intake;

/** What every connection of a listener shares. Sizes in octets. */
public record ConnectionContext(
        Authenticator authenticator,
        Intake intake,
        EdgeMetrics metrics,
        ReplyStyle replyStyle,
        int maxLineLength,
        int maxMessageSize,
        int maxHeaderSize,
        int commandTimeoutMillis,
        int dataTimeoutMillis) {}
