package dev.singleflight.checker.options;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.singleflight.checker.Compilations;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  private static final JavaFileObject EMPTY =
      Compilations.source("test.Empty", "package test;", "class Empty {}");

  private static final JavaFileObject SERVICE =
      Compilations.source(
          "test.Prices",
          "package test;",
          "class Prices {",
          "  interface Memo { <V> V cached(String key, java.util.function.Supplier<V> loader); }",
          "  interface Db { String price(String shop, String article); }",
          "  static class Ticket { String user; }",
          "  private final Memo memo; private final Db db;",
          "  Prices(Memo memo, Db db) { this.memo = memo; this.db = db; }",
          "  String price(String shopCode, String article) {",
          "    return memo.cached(article, () -> db.price(shopCode, article));",
          "  }",
          "  String forTicket(Ticket ticket, String article) {",
          "    return memo.cached(article, () -> db.price(ticket.user, article));",
          "  }",
          "}");

  @Test
  void withoutOptionsNothingIsFoundInTheUsersOwnApi() {
    assertThat(Compilations.messages(Compilations.compile(List.of(), SERVICE))).isEmpty();
  }

  @Test
  void coalescingMethodsAndTenantNames() {
    assertThat(
            compile(
                "-XepOpt:Singleflight:CoalescingMethods=test.Prices.Memo#cached",
                "-XepOpt:Singleflight:TenantNames=shopCode"))
        .filteredOn(message -> message.contains("[SingleflightTenantMissingFromKey]"))
        .singleElement()
        .asString()
        .contains("'shopCode'");
  }

  @Test
  void perCallerTypes() {
    assertThat(
            compile(
                "-XepOpt:Singleflight:CoalescingMethods=test.Prices.Memo#cached",
                "-XepOpt:Singleflight:PerCallerTypes=test.Prices.Ticket"))
        .filteredOn(message -> message.contains("[SingleflightCapturedRequest]"))
        .singleElement()
        .asString()
        .contains("'ticket'");
  }

  @Test
  void coalescingMethodsOfAClassThatInheritsThem() {
    JavaFileObject source =
        Compilations.source(
            "test.Shop",
            "package test;",
            "class Shop {",
            "  static class Base { <V> V cached(String key, java.util.function.Supplier<V> loader) {",
            "    return loader.get(); } }",
            "  static class Memo extends Base {}",
            "  interface Db { String price(String shop, String article); }",
            "  private final Memo memo; private final Db db;",
            "  Shop(Memo memo, Db db) { this.memo = memo; this.db = db; }",
            "  String price(String locale, String article) {",
            "    return memo.cached(article, () -> db.price(locale, article));",
            "  }",
            "}");
    assertThat(
            Compilations.messages(
                Compilations.compile(
                    List.of("-XepOpt:Singleflight:CoalescingMethods=test.Shop.Memo#cached"),
                    source)))
        .filteredOn(message -> message.contains("[SingleflightKeyOmitsInput]"))
        .singleElement()
        .asString()
        .contains("'locale'");
  }

  private static List<String> compile(String... options) {
    return Compilations.messages(Compilations.compile(List.of(options), SERVICE));
  }

  @Test
  void anUnknownOptionStopsTheCompilation() {
    Compilation compilation =
        Compilations.compile(List.of("-XepOpt:Singleflight:TenantName=shop"), EMPTY);

    assertThat(compilation.status()).isEqualTo(Compilation.Status.FAILURE);
    assertThat(Compilations.messages(compilation))
        .singleElement()
        .asString()
        .contains(
            "Singleflight for Java: the option -XepOpt:Singleflight:TenantName is unknown",
            "Singleflight:TenantNames",
            "not about Error Prone");
  }

  @Test
  void aBadValueStopsTheCompilation() {
    Compilation compilation =
        Compilations.compile(
            List.of("-XepOpt:Singleflight:CoalescingMethods=test.Prices.Memo.cached"), EMPTY);

    assertThat(compilation.status()).isEqualTo(Compilation.Status.FAILURE);
    assertThat(Compilations.messages(compilation))
        .singleElement()
        .asString()
        .contains(
            "-XepOpt:Singleflight:CoalescingMethods takes a comma-separated list of methods",
            "com.acme.Memo#get",
            "'test.Prices.Memo.cached'");
  }

  @Test
  void anEmptyValueStopsTheCompilation() {
    Compilation compilation =
        Compilations.compile(List.of("-XepOpt:Singleflight:TenantNames="), EMPTY);

    assertThat(compilation.status()).isEqualTo(Compilation.Status.FAILURE);
  }

  @Test
  void optionsOfOtherPluginsAreNoneOfOurs() {
    Compilation compilation = Compilations.compile(List.of("-XepOpt:NullAway:Foo=bar"), EMPTY);

    assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
  }
}
