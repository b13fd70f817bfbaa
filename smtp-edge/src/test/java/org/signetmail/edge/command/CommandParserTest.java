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
        MAIL FROM:<a@b.example> RET=HDRS            | MAIL a@b.example size -1 ret HDRS
        MAIL FROM:<a@b.example> ret=full            | MAIL a@b.example size -1 ret FULL
        MAIL FROM:<a@b.example> RET=BODY            | MAIL refused 501
        MAIL FROM:<a@b.example> RET                 | MAIL refused 501
        MAIL FROM:<a@b.example> ENVID=QQ+2B1        | MAIL a@b.example size -1 envid QQ+2B1
        MAIL FROM:<a@b.example> ENVID=              | MAIL refused 501
        MAIL FROM:<a@b.example> ENVID=a=b           | MAIL refused 501
        MAIL FROM:<a@b.example> ENVID=a+2b          | MAIL refused 501
        MAIL FROM:<a@b.example> ENVID=a+4           | MAIL refused 501
        MAIL FROM:<a@b.example> ENVID=a+0D+0A       | MAIL refused 501
        MAIL FROM:<a@b.example> REQUIRETLS          | MAIL a@b.example size -1 requiretls
        MAIL FROM:<a@b.example> REQUIRETLS=yes      | MAIL refused 501
        MAIL FROM:<a@b.example> HOLDFOR=60          | MAIL a@b.example size -1 For[interval=PT1M]
        MAIL FROM:<a@b.example> HOLDFOR=0           | MAIL refused 501
        MAIL FROM:<a@b.example> HOLDFOR=1000000000  | MAIL refused 501
        MAIL FROM:<a@b.example> HOLDFOR             | MAIL refused 501
        MAIL FROM:<a@b.example> HOLDUNTIL=2030-01-01T00:00:00Z | MAIL a@b.example size -1 Until[instant=2030-01-01T00:00:00Z]
        MAIL FROM:<a@b.example> HOLDUNTIL=2030-01-01T00:00:00+01:00 | MAIL a@b.example size -1 Until[instant=2029-12-31T23:00:00Z]
        MAIL FROM:<a@b.example> HOLDUNTIL=2030-01-01 | MAIL refused 501
        MAIL FROM:<a@b.example> HOLDUNTIL=2030-02-30T00:00:00Z | MAIL refused 501
        MAIL FROM:<a@b.example> HOLDFOR=60 HOLDUNTIL=2030-01-01T00:00:00Z | MAIL refused 501
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
        MAIL FROM:<j\\xC3\\xBCrgen@b.example>       | MAIL refused 550
        MAIL FROM:<j\\xC3\\xBCrgen@b.example> SMTPUTF8 | MAIL j\\xFCrgen@b.example size -1 utf8
        MAIL FROM:<j\\xFCrgen@b.example> SMTPUTF8   | MAIL refused 554
        RCPT TO:<a@b.example>                       | RCPT a@b.example
        RCPT TO:<PostMaster>                        | RCPT postmaster
        RCPT TO:<>                                  | RCPT refused 501
        RCPT TO:<a@b.example> NOTIFY=NEVER          | RCPT a@b.example NOTIFY=NEVER
        RCPT TO:<a@b.example> notify=delay,Success  | RCPT a@b.example NOTIFY=SUCCESS,DELAY
        RCPT TO:<a@b.example> NOTIFY=NEVER,FAILURE  | RCPT refused 501
        RCPT TO:<a@b.example> NOTIFY=SUCCESS,SUCCESS | RCPT refused 501
        RCPT TO:<a@b.example> NOTIFY=SUCCESS,       | RCPT refused 501
        RCPT TO:<a@b.example> NOTIFY=               | RCPT refused 501
        RCPT TO:<a@b.example> NOTIFY                | RCPT refused 501
        RCPT TO:<a@b.example> NOTIFY=NEVER notify=DELAY | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=rfc822;a+2Bx@b.example NOTIFY=DELAY | RCPT a@b.example NOTIFY=DELAY ORCPT=rfc822;a+2Bx@b.example
        RCPT TO:<a@b.example> ORCPT=RFC822;a@b.example | RCPT a@b.example ORCPT=rfc822;a@b.example
        RCPT TO:<a@b.example> ORCPT=rfc822;a=b      | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=rfc822;a+0Ab    | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=rfc822;         | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=a@b.example     | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=x400;a          | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=rfc822;j\\xC3\\xBCrgen@b.example | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=utf-8;j\\xC3\\xBCrgen@b.example | RCPT a@b.example ORCPT=utf-8;j\\x{FC}rgen@b.example
        RCPT TO:<a@b.example> ORCPT=UTF-8;j\\x{FC}+ | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=utf-8;a\\x{2B}b\\x{20}\\x{10FFFF} | RCPT a@b.example ORCPT=utf-8;a\\x{2B}b\\x{20}\\x{10FFFF}
        RCPT TO:<a@b.example> ORCPT=utf-8;\\x{0A}  | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=utf-8;\\x{41}  | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=utf-8;\\x{D800} | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=utf-8;\\x{110000} | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=utf-8;\\x{00FC} | RCPT refused 501
        RCPT TO:<a@b.example> ORCPT=utf-8;j\\xFCrgen | RCPT refused 501
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
        BDAT 100                                    | BDAT 100
        bdat 0100 last                              | BDAT 100 last
        BDAT 0 LAST                                 | BDAT 0 last
        BDAT                                        | BDAT refused 501
        BDAT LAST                                   | BDAT refused 501
        BDAT -1                                     | BDAT refused 501
        BDAT +1                                     | BDAT refused 501
        BDAT 1.5                                    | BDAT refused 501
        BDAT 0x10                                   | BDAT refused 501
        BDAT 100 FIRST                              | BDAT refused 501
        BDAT 100 LAST LAST                          | BDAT refused 501
        BDAT 100LAST                                | BDAT refused 501
        BDAT 1000000000000000000                    | BDAT refused 501
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
                "MAIL " + path.address() + " size " + parameters.size()
                        + (parameters.smtputf8() ? " utf8" : "")
                        + parameters.ret().map(ret -> " ret " + ret).orElse("")
                        + parameters.envid().map(envid -> " envid " + envid).orElse("")
                        + (parameters.requireTls() ? " requiretls" : "")
                        + parameters.hold().map(hold -> " " + hold).orElse("");
            case Command.Rcpt(Path path, RcptParameters parameters) ->
                ("RCPT " + path.address() + " " + parameters.text()).strip();
            case Command.Bdat(long octets, boolean last) -> "BDAT " + octets + (last ? " last" : "");
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
