-- What SCIM clients call the groups that they keep (RFC 7643 section 3.1, externalId).
CREATE TABLE scim_group (
    group_name  text COLLATE "C" PRIMARY KEY REFERENCES mail_group ON DELETE CASCADE,
    external_id text NOT NULL
);
CREATE INDEX scim_group_of_external_id ON scim_group (external_id);
CREATE INDEX mail_group_of_display_name ON mail_group (lower(display_name));
