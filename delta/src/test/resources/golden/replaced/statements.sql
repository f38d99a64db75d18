-- Replaced by tables of other columns and partitions at the same place, and overwritten with others.
CREATE TABLE replaced (id BIGINT, p STRING) USING DELTA PARTITIONED BY (p) LOCATION '$path' TBLPROPERTIES ('delta.enableDeletionVectors' = 'false');
INSERT INTO $table VALUES (1, 'x'), (2, null);
CREATE OR REPLACE TABLE replaced (id BIGINT, v STRING) USING DELTA LOCATION '$path';
INSERT INTO $table VALUES (3, 'three');
CREATE OR REPLACE TABLE replaced USING DELTA PARTITIONED BY (id) LOCATION '$path' AS SELECT 4L id, 'four' v;
INSERT INTO $table VALUES (5, 'five');
