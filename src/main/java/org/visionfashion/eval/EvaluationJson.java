package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.metrics.Interval;

/** The evaluation file: plain numbers at full precision, null for what could not be measured. */
public final class EvaluationJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .withConfigOverride(
              Interval.class,
              interval -> interval.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY)))
          .addModule(
              new SimpleModule()
                  .addSerializer(double.class, new WriteDouble())
                  .addDeserializer(double.class, new ReadDouble()))
          .build();

  private EvaluationJson() {}

  /** Writes the file; a reader sees the old one or the new one, never half of it. */
  public static void write(Evaluation evaluation, Path file) throws IOException {
    AtomicFiles.write(file, text(evaluation) + "\n");
  }

  /** Writes any other result, likewise. */
  public static void write(Record result, Path file) throws IOException {
    AtomicFiles.write(file, MAPPER.writeValueAsString(result) + "\n");
  }

  /** Reads the file back. */
  static Evaluation read(Path file) throws IOException {
    return MAPPER.readValue(file.toFile(), Evaluation.class);
  }

  /**
   * Where the numbers of a file come from.
   *
   * @return empty where there is no such file, or an earlier version or nobody wrote it
   */
  public static Optional<Provenance> provenance(Path file) throws IOException {
    try {
      JsonNode provenance = MAPPER.readTree(file.toFile()).path("provenance");
      return provenance.path("model").isObject()
          ? Optional.of(MAPPER.treeToValue(provenance, Provenance.class))
          : Optional.empty();
    } catch (FileNotFoundException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static String text(Evaluation evaluation) throws JsonProcessingException {
    return MAPPER.writeValueAsString(evaluation);
  }

  /** NaN has no place in JSON; 1.0E-4 has, but not every reader's eye likes it. */
  private static final class WriteDouble extends StdScalarSerializer<Double> {

    private static final long serialVersionUID = 1L;

    WriteDouble() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        generator.writeNumber(BigDecimal.valueOf(value));
      } else {
        generator.writeNull();
      }
    }
  }

  private static final class ReadDouble extends StdScalarDeserializer<Double> {

    private static final long serialVersionUID = 1L;

    ReadDouble() {
      super(double.class);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.getDoubleValue();
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return Double.NaN;
    }
  }
}
