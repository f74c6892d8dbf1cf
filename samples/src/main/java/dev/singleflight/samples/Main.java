package dev.singleflight.samples;

import dev.singleflight.samples.tasks.Programme;
import dev.singleflight.samples.tasks.task01.CoalescingProof;
import dev.singleflight.samples.tasks.task02.FirstLoader;
import dev.singleflight.samples.tasks.task03.TtlCache;
import dev.singleflight.samples.tasks.task04.TypedCalls;
import dev.singleflight.samples.tasks.task05.ImpatientCallers;
import dev.singleflight.samples.tasks.task06.NegativeCaching;
import dev.singleflight.samples.tasks.task07.FailingLoader;
import dev.singleflight.samples.tasks.task08.TwoTenants;
import dev.singleflight.samples.tasks.task09.DashboardPicture;
import dev.singleflight.samples.tasks.task09.Observability;
import dev.singleflight.samples.tasks.task10.StressTest;
import dev.singleflight.samples.tasks.task11.TieredCache;
import dev.singleflight.samples.tasks.task12.Invalidation;
import picocli.CommandLine.Command;

/** Runs the samples that are named, or all tasks. */
@Command(
    name = "samples",
    description = "Runs the tasks that are named, or else all, and prints what they counted.",
    synopsisHeading = "Usage: ",
    subcommandsRepeatable = true,
    subcommands = {
      CoalescingProof.class,
      FirstLoader.class,
      TtlCache.class,
      TypedCalls.class,
      ImpatientCallers.class,
      NegativeCaching.class,
      FailingLoader.class,
      TwoTenants.class,
      Observability.class,
      StressTest.class,
      TieredCache.class,
      Invalidation.class,
      DashboardPicture.class
    },
    commandListHeading = "%nTasks:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mvn -q -pl samples -am compile exec:java",
      "  mvn -q -pl samples -am compile exec:java -Dexec.args='2 10 --threads 200 --keys 50'",
      "",
      "A PostgreSQL and a Redis are started where a task needs them. To use your own:",
      "  -Dsingleflight.postgres.url='jdbc:postgresql://host/database?user=…&password=…'",
      "  -Dsingleflight.redis.url=redis://user:password@host:6379/0"
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:everything ran",
      "1:a task failed, or a server could not be started",
      "2:the arguments are not understood"
    })
public final class Main {

  Main() {}

  public static void main(String[] args) {
    System.exit(Programme.execute(new Main(), args));
  }
}
