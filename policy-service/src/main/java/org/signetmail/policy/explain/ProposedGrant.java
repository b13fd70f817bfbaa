package org.signetmail.policy.explain;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A grant as {@code POST /api/v1/grants} of directory-service takes it. */
public record ProposedGrant(
        String account,

        @Schema(enumeration = {"send-as", "send-on-behalf"}) String type,

        @Schema(description = "An address, *@domain, or account:login")
        String target) {}
