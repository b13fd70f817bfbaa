package org.signetmail.edge.auth;

/** EXTERNAL, RFC 4422 appendix A: the client's certificate says who it is. Acting as somebody else is not offered. */
final class ExternalExchange implements SaslExchange {
    private final String certificateName;

    ExternalExchange(String certificateName) {
        this.certificateName = certificateName;
    }

    @Override
    public Step respond(byte[] response) {
        return SaslExchange.utf8(response)
                .filter(authzid -> authzid.isEmpty() || authzid.equals(certificateName))
                .<Step>map(_ -> new Step.Complete(new Credentials.Certificate(certificateName)))
                .orElseGet(Step.Malformed::new);
    }
}
