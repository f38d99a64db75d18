-- A change feed over a table that is replaced by others: other types, columns and partitions.
CREATE TABLE feed_replaced (id BIGINT, v INT, gone STRING) USING DELTA LOCATION '$path' TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true');
INSERT INTO $table VALUES (1, 10, 'a'), (2, 20, 'b');
DELETE FROM $table WHERE id = 1;
CREATE OR REPLACE TABLE feed_replaced USING DELTA PARTITIONED BY (p) LOCATION '$path' TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true', 'delta.enableDeletionVectors' = 'false') AS SELECT 2L id, 'text' v, 'x' p;
INSERT INTO $table VALUES (3, 'three', 'y');
UPDATE $table SET p = 'y' WHERE id = 2;
CREATE OR REPLACE TABLE feed_replaced (id STRING, v DOUBLE) USING DELTA LOCATION '$path' TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true');
INSERT INTO $table VALUES ('four', 4.5);
