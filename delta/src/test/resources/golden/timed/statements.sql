-- In-commit timestamps, switched on later; checkpoints of version 2.
CREATE TABLE $table (id BIGINT) USING DELTA TBLPROPERTIES ('delta.checkpointInterval' = '3', 'delta.checkpointPolicy' = 'v2');
INSERT INTO $table VALUES (1);
ALTER TABLE $table SET TBLPROPERTIES ('delta.enableInCommitTimestamps' = 'true');
INSERT INTO $table VALUES (3);
INSERT INTO $table VALUES (4);
INSERT INTO $table VALUES (5);
INSERT INTO $table VALUES (6);
INSERT INTO $table VALUES (7);
INSERT INTO $table VALUES (8);
