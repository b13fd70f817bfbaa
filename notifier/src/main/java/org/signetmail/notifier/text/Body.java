package org.signetmail.notifier.text;

/** What people read of a mail, in both forms; lines end in LF. */
public record Body(String subject, String text, String html) {}
