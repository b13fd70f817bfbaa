-- What SCIM clients call the accounts that they keep (RFC 7643 section 3.1, externalId).
CREATE TABLE scim_user (
    account     text COLLATE "C" PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    external_id text NOT NULL
);
CREATE INDEX scim_user_of_external_id ON scim_user (external_id);
