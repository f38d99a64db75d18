package io.tidemark.sink.segment;

import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.common.DataFile;
import java.util.List;
import java.util.Map;

/**
 * The durable files of a segment, without its ranges.
 *
 * @param tables location to table id of every table that a file belongs to
 * @param operators what it brings to each operator, by name
 */
public record SegmentContent(
    Map<String, String> tables, List<DataFile> files, Map<String, OperatorSegment> operators) {}
