package org.signetmail.edge.dkim;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** ed25519-sha256 (RFC 8463 3), which the library does not have: PureEdDSA over the SHA-256 of what is signed. */
final class Ed25519Sha256 extends Signature {
    private final MessageDigest digest;
    private final Signature ed25519;

    Ed25519Sha256() throws GeneralSecurityException {
        super("ed25519-sha256");
        digest = MessageDigest.getInstance("SHA-256");
        ed25519 = Signature.getInstance("Ed25519");
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
        ed25519.initSign(key);
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
        ed25519.initVerify(key);
    }

    @Override
    protected void engineUpdate(byte octet) {
        digest.update(octet);
    }

    @Override
    protected void engineUpdate(byte[] octets, int offset, int length) {
        digest.update(octets, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        ed25519.update(digest.digest());
        return ed25519.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        ed25519.update(digest.digest());
        return ed25519.verify(signature);
    }

    @Deprecated
    @Override
    protected void engineSetParameter(String name, Object value) {
        throw new UnsupportedOperationException(name);
    }

    @Deprecated
    @Override
    protected Object engineGetParameter(String name) {
        throw new UnsupportedOperationException(name);
    }
}
