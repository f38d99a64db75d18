-- Every type of partition column; a null, an empty and an odd value in each.
CREATE TABLE $table (id BIGINT, p_bool BOOLEAN, p_byte TINYINT, p_short SMALLINT, p_int INT, p_long BIGINT, p_float FLOAT, p_double DOUBLE, p_dec DECIMAL(12,3), p_string STRING, p_date DATE, p_ts TIMESTAMP, p_ntz TIMESTAMP_NTZ) USING DELTA PARTITIONED BY (p_bool, p_byte, p_short, p_int, p_long, p_float, p_double, p_dec, p_string, p_date, p_ts, p_ntz);
INSERT INTO $table VALUES (1, true, 1, 2, 3, 4, 1.5, 2.25, 12.5, 'plain', DATE'2024-02-29', TIMESTAMP'2024-02-29 12:34:56.123456', TIMESTAMP_NTZ'2024-02-29 12:34:56.123456');
INSERT INTO $table VALUES (2, null, null, null, null, null, null, null, null, null, null, null, null);
INSERT INTO $table VALUES (3, false, -128, -32768, -2147483648, -9223372036854775808, float('NaN'), double('-Infinity'), -999999999.999, 'a b/c=d%e:ü', DATE'0001-01-01', TIMESTAMP'1969-12-31 23:59:59.999999', TIMESTAMP_NTZ'1969-12-31 23:59:59.999999');
INSERT INTO $table VALUES (4, true, 127, 32767, 2147483647, 9223372036854775807, float('Infinity'), 1e300, 0.001, '', DATE'9999-12-31', TIMESTAMP'9999-12-31 23:59:59', TIMESTAMP_NTZ'2024-03-31 02:30:00');
DELETE FROM $table WHERE p_string = 'plain';
