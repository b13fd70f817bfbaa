package org.signetmail.edge.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line of the client, and how it was understood. Malformed shows the verb and the code of its refusal. */
class CommandParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    EHLO client.example                         | EHLO client.example
                    eHlO  [192.0.2.1]                           | EHLO [192.0.2.1]
                    EHLO [IPv6:2001:db8::1]                     | EHLO [IPv6:2001:db8::1]
                    EHLO                                        | EHLO refused 501
                    EHLO two words                              | EHLO refused 501
                    EHLO\\tclient.example                       | UNKNOWN
                    EHLO b\\xFCcher.example                     | EHLO refused 501
                    HELO client.example                         | HELO client.example
                    HELO                                        | HELO refused 501
                    AUTH plain                                  | AUTH PLAIN
                    AUTH PLAIN AGEAYg==                         | AUTH PLAIN AGEAYg==
                    AUTH PLAIN =                                | AUTH PLAIN =
                    AUTH                                        | AUTH refused 501
                    AUTH PLAIN a b                              | AUTH refused 501
                    MAIL FROM:<a@b.example>                     | MAIL a@b.example size -1
                    mail from:<A@B.example>                     | MAIL A@B.example size -1
                    MAIL FROM: <a@b.example>                    | MAIL a@b.example size -1
                    MAIL FROM:<>                                | MAIL  size -1
                    MAIL FROM:<a@b.example> SIZE=100            | MAIL a@b.example size 100
                    MAIL FROM:<a@b.example> size=007            | MAIL a@b.example size 7
                    MAIL FROM:<a@b.example> SIZE=99999999999999999999 | MAIL a@b.example size 9223372036854775807
                    MAIL FROM:<a@b.example> SIZE=999999999999999999999 | MAIL refused 501
                    MAIL FROM:<a@b.example> SIZE=-1             | MAIL refused 501
                    MAIL FROM:<a@b.example> SIZE                | MAIL refused 501
                    MAIL FROM:<a@b.example> SIZE=1 size=2       | MAIL refused 501
                    MAIL FROM:<a@b.example> BODY=7BIT           | MAIL a@b.example size -1
                    MAIL FROM:<a@b.example> BODY=8bitmime       | MAIL a@b.example size -1
                    MAIL FROM:<a@b.example> BODY=BINARYMIME     | MAIL refused 501
                    MAIL FROM:<a@b.example> SMTPUTF8            | MAIL a@b.example size -1 utf8
                    MAIL FROM:<a@b.example> SMTPUTF8=yes        | MAIL refused 501
                    MAIL FROM:<a@b.example> AUTH=ceo@b.example  | MAIL a@b.example size -1
                    MAIL FROM:<a@b.example> RET=HDRS            | MAIL refused 555
                    MAIL FROM:<a@b.example> =                   | MAIL refused 555
                    MAIL FROM:<a@b.example>SIZE=1               | MAIL refused 501
                    MAIL FROM:a@b.example                       | MAIL refused 501
                    MAIL FROM:<a@b.example                      | MAIL refused 501
                    MAIL FROM <a@b.example>                     | MAIL refused 501
                    MAIL                                        | MAIL refused 501
                    MAIL TO:<a@b.example>                       | MAIL refused 501
                    MAIL FROM:<a>                               | MAIL refused 554
                    MAIL FROM:< a@b.example>                    | MAIL refused 554
                    MAIL FROM:<@c.example:a@b.example>          | MAIL refused 554
                    MAIL FROM:<"a > b"@b.example>               | MAIL a > b@b.example size -1
                    MAIL FROM:<"a\\\\"> b"@b.example>           | MAIL a"> b@b.example size -1
                    MAIL FROM:<j\\xC3\\xBCrgen@b.example>       | MAIL refused 554
                    MAIL FROM:<j\\xC3\\xBCrgen@b.example> SMTPUTF8 | MAIL j\\xFCrgen@b.example size -1 utf8
                    MAIL FROM:<j\\xFCrgen@b.example> SMTPUTF8   | MAIL refused 554
                    RCPT TO:<a@b.example>                       | RCPT a@b.example
                    RCPT TO:<PostMaster>                        | RCPT postmaster
                    RCPT TO:<>                                  | RCPT refused 501
                    RCPT TO:<a@b.example> NOTIFY=NEVER          | RCPT refused 555
                    RCPT FROM:<a@b.example>                     | RCPT refused 501
                    DATA                                        | DATA
                    DATA now                                    | DATA refused 501
                    STARTTLS                                    | STARTTLS
                    STARTTLS x                                  | STARTTLS refused 501
                    RSET                                        | RSET
                    QUIT                                        | QUIT
                    quit now                                    | QUIT refused 501
                    NOOP whatever it is                         | NOOP
                    HELP MAIL                                   | HELP
                    VRFY bob                                    | VRFY
                    VRFY                                        | VRFY refused 501
                    EXPN staff                                  | NOT_IMPLEMENTED
                    BDAT 100 LAST                               | BDAT
                    XCLIENT ADDR=192.0.2.1                      | UNKNOWN
                    ``                                          | UNKNOWN
                    `  NOOP`                                    | UNKNOWN
                    """)
    void understands(String line, String expected) {
        assertEquals(unescape(expected), shown(CommandParser.parse(unescape(line))));
    }

    private static String shown(Command command) {
        return switch (command) {
            case Command.Ehlo(String domain) -> "EHLO " + domain;
            case Command.Helo(String domain) -> "HELO " + domain;
            case Command.Auth(String mechanism, var response) ->
                ("AUTH " + mechanism + " " + response.orElse("")).strip();
            case Command.Mail(Path path, MailParameters parameters) ->
                "MAIL " + path.address() + " size " + parameters.size() + (parameters.smtputf8() ? " utf8" : "");
            case Command.Rcpt(Path path) -> "RCPT " + path.address();
            case Command.Plain(Verb verb) -> verb.name();
            case Command.Malformed(Verb verb, var reply) -> verb + " refused " + reply.code();
        };
    }

    private static String unescape(String text) {
        return text.replace("\\\\", "\\")
                .replace("\\t", "\t")
                .replace("\\xC3", "\u00C3")
                .replace("\\xBC", "\u00BC")
                .replace("\\xFC", "\u00FC");
    }
}
