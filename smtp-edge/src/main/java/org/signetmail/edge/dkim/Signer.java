package org.signetmail.edge.dkim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.james.jdkim.DKIMCommon;
import org.apache.james.jdkim.exceptions.PermFailException;
import org.apache.james.jdkim.impl.BodyHasherImpl;
import org.jboss.logging.Logger;

/**
 * Signs what leaves (RFC 6376): a DKIM-Signature for each key of each domain, to be put on top of the message, which stays
 * as it is. Canonicalisation is the library's; the body runs through it once, whatever the number of keys.
 */
public final class Signer extends DKIMCommon {
    private static final Logger LOG = Logger.getLogger(Signer.class);

    /** RFC 6376 5.4.1. In lower case, which is how they are signed. */
    private static final List<String> SIGNED = List.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "content-disposition",
            "list-id",
            "list-unsubscribe",
            "list-unsubscribe-post");

    /** Signed once more than they are there, so that none can be added (RFC 6376 8.15); what lists add is not among them. */
    private static final Set<String> COMPLETE = Set.of(
            "from",
            "reply-to",
            "to",
            "cc",
            "subject",
            "date",
            "message-id",
            "mime-version",
            "content-type",
            "content-transfer-encoding");

    private static final int CRLF = 2;

    private final SigningKeys keys;
    private final Clock clock;

    public Signer(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Result {
        /** @param fields to stand on top of the message, each with its CRLF */
        record Signed(byte[] fields) implements Result {}

        /** No key for a domain of the message. */
        record NoKey() implements Result {}

        /** The message cannot be signed: it goes out without. */
        record Failed() implements Result {}
    }

    /** @param domains for which it may be signed */
    public Result sign(byte[] message, List<String> domains) {
        List<SigningKey> all =
                domains.stream().flatMap(domain -> keys.of(domain).stream()).toList();
        if (all.isEmpty()) {
            return new Result.NoKey();
        }
        try {
            HeaderFields header = HeaderFields.of(message);
            List<String> names = names(header);
            byte[] bodyHash = bodyHash(message, Math.min(message.length, header.length() + CRLF));
            var fields = new StringBuilder();
            for (SigningKey key : all) {
                fields.append(field(key, header, names, bodyHash)).append("\r\n");
            }
            return new Result.Signed(fields.toString().getBytes(US_ASCII));
        } catch (IOException | GeneralSecurityException | PermFailException e) {
            LOG.warnf("A message of %s cannot be signed: %s", domains, e);
            return new Result.Failed();
        }
    }

    private static List<String> names(HeaderFields header) {
        var names = new ArrayList<String>();
        for (String name : SIGNED) {
            int times = header.getFields(name).size() + (COMPLETE.contains(name) ? 1 : 0);
            for (int i = 0; i < times; i++) {
                names.add(name);
            }
        }
        return names;
    }

    private static byte[] bodyHash(byte[] message, int begin)
            throws IOException, GeneralSecurityException, PermFailException {
        if (isBlank(message, begin)) {
            // RFC 6376 3.4.4: nothing is left of it; the library would hash one line end.
            return MessageDigest.getInstance("SHA-256").digest();
        }
        var hasher = new BodyHasherImpl(new SignatureField("v=1; a=rsa-sha256; c=relaxed/relaxed; d=x; s=x; h=from"));
        try (OutputStream body = hasher.getOutputStream()) {
            body.write(message, begin, message.length - begin);
        }
        return hasher.getDigest();
    }

    private static boolean isBlank(byte[] message, int begin) {
        for (int i = begin; i < message.length; i++) {
            if (message[i] != '\r' && message[i] != '\n' && message[i] != ' ' && message[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private String field(SigningKey key, HeaderFields header, List<String> names, byte[] bodyHash)
            throws GeneralSecurityException, PermFailException {
        var field = new SignatureField("v=1; a=" + key.algorithm().tag() + "; c=relaxed/relaxed; q=dns/txt; d="
                + key.domain() + "; s=" + key.selector() + "; t="
                + clock.instant().getEpochSecond()
                + "; h=" + String.join(":", names) + "; bh=; b=");
        field.setBodyHash(bodyHash);
        Signature signature = key.signature();
        signatureCheck(header, field, List.copyOf(names), signature);
        field.setSignature(signature.sign());
        return SignatureField.NAME + field;
    }
}
