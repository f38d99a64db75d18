package io.tidemark.sink.segment;

import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.common.DataFile;
import java.util.List;
import java.util.Map;

/**
 * What a segment holds beside its ranges, durable.
 *
 * @param tables location to table id of every table that a file belongs to
 * @param operators what it brings to each operator, by name
 */
public record SegmentContent(
    Map<String, String> tables, List<DataFile> files, Map<String, OperatorSegment> operators) {}
