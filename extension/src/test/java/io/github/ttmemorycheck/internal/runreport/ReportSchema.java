package io.github.ttmemorycheck.internal.runreport;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema of the report, held against a real one. */
public final class ReportSchema {

    private static final Path FILE = Path.of("..", "docs", "run-report-1.schema.json");

    private ReportSchema() {}

    /** Reads a report that must be as the schema says. */
    public static JsonNode read(Path report) throws IOException {
        String text = Files.readString(report);
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(FILE), InputFormat.JSON);
        assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
        return JsonMapper.shared().readTree(text);
    }
}
