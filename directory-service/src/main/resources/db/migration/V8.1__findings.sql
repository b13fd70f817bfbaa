-- What the linter looks up.

-- How the address looks (UTS 39): two that look alike have the same. Absent of rows from before this column until the
-- linter was asked (class Skeletons).
ALTER TABLE address ADD COLUMN skeleton text COLLATE "C";
CREATE INDEX address_of_skeleton ON address (skeleton, owner);
CREATE INDEX address_without_skeleton ON address (canonical) WHERE skeleton IS NULL;
