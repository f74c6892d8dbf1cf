package dev.singleflight.checker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.singleflight.checker.api.Spel.All;
import dev.singleflight.checker.api.Spel.Arguments;
import dev.singleflight.checker.api.Spel.Call;
import dev.singleflight.checker.api.Spel.Constant;
import dev.singleflight.checker.api.Spel.Missing;
import dev.singleflight.checker.api.Spel.Parameter;
import dev.singleflight.checker.api.Spel.Property;
import dev.singleflight.checker.api.Spel.Result;
import dev.singleflight.checker.api.Spel.Sum;
import dev.singleflight.checker.api.Spel.Unseen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpelParserTest {
  private static final Spel ID = new Parameter(0);
  private static final Spel USER = new Parameter(1);

  private static Spel parse(String text) {
    return SpelParser.parse(text, List.of("id", "user"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"#id", "#p0", "#a0", "#root.args[0]", "args[0]", "(#id)", " #id "})
  void aParameter(String text) {
    assertThat(parse(text)).isEqualTo(ID);
  }

  @Test
  void whatIsReadFromAParameter() {
    assertThat(parse("#user.address.city"))
        .isEqualTo(new Property(new Property(USER, "address"), "city"));
    assertThat(parse("#user?.name")).isEqualTo(new Property(USER, "name"));
    assertThat(parse("#user['name']")).isEqualTo(new Property(USER, "[name]"));
    assertThat(parse("#user.getName()")).isEqualTo(new Call(USER, "getName", ImmutableList.of()));
  }

  @Test
  void valuesPutTogether() {
    assertThat(parse("'u:' + #id + ':' + #user.name")).isInstanceOf(Sum.class);
    assertThat(parse("'it''s ' + #id").children()).contains(new Constant("it''s "), ID);
    assertThat(parse("{#id, #user}")).isInstanceOf(All.class);
    assertThat(parse("{#id, #user}").children()).containsExactly(ID, USER);
    assertThat(parse("#id != null ? #id : 'none'").has(Parameter.class)).isTrue();
    assertThat(parse("#id ?: 'none'").children()).containsExactly(ID, new Constant("none"));
    assertThat(parse("#id == 3 and not #user.active").has(Property.class)).isTrue();
    assertThat(parse("T(java.util.Objects).hash(#id, #user)").children())
        .containsExactly(new Constant("java.util.Objects"), ID, USER);
    assertThat(parse("new com.acme.Key(#id)").children()).contains(ID);
  }

  @Test
  void whatIsNoParameter() {
    assertThat(parse("#ident")).isEqualTo(new Missing("ident"));
    assertThat(parse("#p2")).isEqualTo(new Missing("p2"));
    assertThat(parse("#root.args")).isEqualTo(new Arguments());
    assertThat(parse("#result.id")).isEqualTo(new Property(new Result(), "id"));
    assertThat(parse("#root.methodName")).isEqualTo(new Constant("methodName"));
    assertThat(parse("#root.method.name")).isEqualTo(new Constant("method"));
    assertThat(parse("'all'")).isEqualTo(new Constant("all"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@keys.of(#id)",
        "#root.target.tenant",
        "#root.target.key(#id)",
        "T(com.acme.Tenants).current()",
        "T(com.acme.Tenants).current() + #id",
        "key(#id)",
        "#user.roles.![name]",
        "#user.roles.?[active]",
        "#id +",
        "#id)",
        "",
        "#{id}",
        "'open",
        "tenant"
      })
  void whatIsNotInSightOrNotUnderstood(String text) {
    assertThat(parse(text).has(Unseen.class)).isTrue();
  }
}
