package org.signetmail.edge.session;

/**
 * Takes a message from the end of its content to its final reply; blocks the caller's virtual thread, within a bounded
 * time, until what the reply promises is durable.
 */
public interface Intake {
    Answer take(Submission submission);
}
