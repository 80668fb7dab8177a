-- Why: a decision that was entered twice or never made must leave the counts without leaving the
-- records. 1 once it is withdrawn; who, when and why stand in the journal entry of its seq.

ALTER TABLE decision ADD COLUMN withdrawn BIGINT NOT NULL DEFAULT 0;
