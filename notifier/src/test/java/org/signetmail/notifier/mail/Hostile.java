package org.signetmail.notifier.mail;

/** Headers that try to write lines, fields or parts into a mail of ours. */
final class Hostile {
    /** Line breaks inside encoded-words, raw 8-bit, a foreign boundary, a bidi override, a 10 KB subject. */
    static final String HEADER = "From: =?utf-8?q?ceo=0D=0ABcc:_victim=40example.test?= <ceo@example.test>\r\n"
            + "From : second@example.test\r\n"
            + "To: bob@example.test\r\n\t(folded),\r\n carol@example.test\r\n"
            + "Subject: =?utf-8?b?DQoNCi0tPV9iDQpDb250ZW50LVR5cGU6IHRleHQvaHRtbA==?= =?utf-8?q?=E2=80=AEgnp?= "
            + "x".repeat(10_000)
            + "\r\n"
            + "--=_0000000000000000\r\n"
            + "X-Raw: \u00fc\rBcc: victim@example.test\nX-More: 1\r\n";

    private Hostile() {}
}
