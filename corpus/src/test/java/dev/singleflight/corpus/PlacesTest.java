package dev.singleflight.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlacesTest {

  private static final String SOURCE =
      """
      package shop;

      import java.util.*;

      class Prices {
        static final Map<String, Long> CENTS =
            Map.of("tea", 3L); // Prices.CENTS

        @Deprecated
        long cents(
            List<? extends Map.Entry<String, Long>> entries, int[] ids, String... names) {
          long sum = 0; // Prices.cents(List, int[], String[])
          return sum;
        }

        Prices() {
          new Thread(
              new Runnable() {
                @Override
                public void run() {
                  CENTS.clear(); // Prices.<init>().run()
                }
              });
        }

        record Quote(long cents) {
          Quote {
            assert cents > 0; // Prices.Quote.<init>(long)
          }

          class Line { // Prices.Quote.Line
          }
        }

        static {
          CENTS.size(); // Prices
        }
      }
      """;

  @Test
  void aPlaceIsTheInnermostMember(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("Prices.java"), SOURCE);
    Places places = Places.of(file);
    List<String> lines = SOURCE.lines().toList();
    int marked = 0;
    for (int line = 1; line <= lines.size(); line++) {
      int mark = lines.get(line - 1).indexOf("// ");
      if (mark >= 0) {
        marked++;
        assertThat(places.at(line)).isEqualTo(lines.get(line - 1).substring(mark + 3));
      }
    }
    assertThat(marked).isEqualTo(6);
    assertThat(places.at(1)).isEmpty();
  }

  @Test
  void whatIsNoJavaHasNoPlaces(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("Broken.java"), "}}} no java\n");
    assertThat(Places.of(file).at(1)).isEmpty();
  }
}
