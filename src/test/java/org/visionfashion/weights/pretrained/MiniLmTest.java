package org.visionfashion.weights.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.InitConfig;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.data.loader.Tokens;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.TextEncoder;
import org.visionfashion.nn.EncoderLayer.Sizes;
import org.visionfashion.nn.Parameters;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.weights.pretrained.PositionResampling.Grid;

/** A published BERT reads the same sentences here and in ONNX Runtime. */
class MiniLmTest {

  private static final int SENTENCES = 100;
  private static final int MAX_TOKENS = 64;
  private static final List<String> WORDS =
      List.of(
          "a",
          "sleeveless",
          "cotton",
          "shirt",
          "with",
          "floral",
          "patterns",
          "denim",
          "trousers",
          "the",
          "lady",
          "wears",
          "chiffon",
          "neckline",
          "crew-neck,",
          "Ärmel",
          "naïve",
          "T-shirt's",
          "100%",
          "knitwear",
          "unbelievably",
          "42",
          "&",
          "graphic",
          ".",
          "leggings",
          "日本");

  @TempDir static Path folder;

  private static List<String> sentences(long seed) {
    Random random = new Random(seed);
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < SENTENCES; i++) {
      StringBuilder sentence = new StringBuilder();
      for (int length = 1 + random.nextInt(40); length > 0; length--) {
        sentence.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
      }
      sentences.add(sentence.toString());
    }
    return sentences;
  }

  @Test
  void tokensHiddenStatesAndSentenceVectorsAreTheSame() throws IOException, OrtException {
    MiniLm.writeTo(folder);
    long seed = new Random().nextLong();
    InitConfig init =
        new InitConfig(InitConfig.RANDOM, InitConfig.RANDOM, folder.toString(), List.of());
    try (InitialWeights start = InitialWeights.open(init, Path::of);
        Tokenizer tokenizer = start.tokenizer(MAX_TOKENS).orElseThrow();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession session = environment.createSession(MiniLm.onnx());
        HuggingFaceTokenizer reference =
            HuggingFaceTokenizer.builder()
                .optTokenizerPath(folder.resolve("tokenizer.json"))
                .optTruncation(true)
                .optPadding(false)
                .optMaxLength(MAX_TOKENS)
                .build()) {
      Architecture.TextTower sizes = sizes(start.vocabulary().orElseThrow());
      Map<String, long[]> shapes;
      try (Parameters outline = Parameters.outline()) {
        new TextEncoder(outline, "text_encoder", sizes);
        shapes = outline.shapes();
      }
      PretrainedValues values =
          new PretrainedValues(
              start.files(),
              shapes,
              new Grid(1, 1),
              name -> false,
              RandomValues.forWidth(1, MiniLm.WIDTH));
      try (Parameters parameters = new Parameters(TestDevice.get(), values)) {
        TextEncoder encoder = new TextEncoder(parameters, "text_encoder", sizes);
        for (String sentence : sentences(seed)) {
          Tokens tokens = tokenizer.encode(List.of(sentence));
          Encoding expected = reference.encode(sentence);
          assertThat(tokens.ids_BL()).as(sentence).isEqualTo(expected.getIds());
          try (NDManager scope = parameters.manager().newSubManager()) {
            check(encoder, tokens, run(environment, session, tokens), scope, seed);
          }
        }
      }
    }
  }

  private static Architecture.TextTower sizes(Architecture.Vocabulary vocabulary) {
    return new Architecture.TextTower(
        vocabulary,
        MiniLm.LAYERS,
        new Sizes(MiniLm.WIDTH, MiniLm.HEADS, MiniLm.INTERMEDIATE, Activation.GELU, 1e-12, 0.1),
        Pooling.MEAN);
  }

  private static float[][] run(OrtEnvironment environment, OrtSession session, Tokens tokens)
      throws OrtException {
    long[][] ids = {tokens.ids_BL()};
    long[][] mask = {tokens.mask_BL()};
    long[][] types = {new long[tokens.length()]};
    try (OnnxTensor idsTensor = OnnxTensor.createTensor(environment, ids);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask);
        OnnxTensor typesTensor = OnnxTensor.createTensor(environment, types);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idsTensor,
                    "attention_mask", maskTensor,
                    "token_type_ids", typesTensor))) {
      return ((float[][][]) result.get(0).getValue())[0];
    }
  }

  private static void check(
      TextEncoder encoder, Tokens tokens, float[][] expected_LD, NDManager scope, long seed) {
    Shape shape = new Shape(1, tokens.length());
    org.visionfashion.model.Tokens placed =
        new org.visionfashion.model.Tokens(
            scope.create(tokens.ids_BL(), shape),
            scope.zeros(shape, DataType.INT64),
            scope.create(tokens.mask_BL(), shape));
    List<NDArray> states = encoder.hiddenStates(placed);
    float[] last_LD = states.get(states.size() - 1).toFloatArray();
    float[] mean_D = encoder.forward(placed, false).toFloatArray();
    for (int d = 0; d < MiniLm.WIDTH; d++) {
      double sum = 0;
      for (int l = 0; l < expected_LD.length; l++) {
        assertThat(Math.abs(last_LD[l * MiniLm.WIDTH + d] - expected_LD[l][d]))
            .as("hidden state, seed %d", seed)
            .isLessThanOrEqualTo(1e-4f);
        sum += expected_LD[l][d];
      }
      assertThat(Math.abs(mean_D[d] - sum / expected_LD.length))
          .as("sentence vector, seed %d", seed)
          .isLessThanOrEqualTo(1e-4);
    }
  }
}
