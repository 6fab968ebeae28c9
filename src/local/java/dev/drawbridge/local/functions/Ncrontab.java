package dev.drawbridge.local.functions;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** A schedule as Azure's timers know it: six fields, seconds first, Sunday is 0, in UTC. */
final class Ncrontab {
  private static final CronDefinition SIX_FIELDS =
      CronDefinitionBuilder.defineCron()
          .withSeconds()
          .and()
          .withMinutes()
          .and()
          .withHours()
          .and()
          .withDayOfMonth()
          .and()
          .withMonth()
          .and()
          .withDayOfWeek()
          .withValidRange(0, 6)
          .withMondayDoWValue(1)
          .and()
          .matchDayOfWeekAndDayOfMonth()
          .instance();

  private final ExecutionTime times;

  private Ncrontab(ExecutionTime times) {
    this.times = times;
  }

  /**
   * @throws IllegalArgumentException if it is no six-field expression, or never comes due
   */
  static Ncrontab parse(String expression) {
    if (expression.strip().split("\\s+").length != 6) {
      throw new IllegalArgumentException(
          "'%s' is no six-field NCRONTAB schedule {second} {minute} {hour} {day} {month} {weekday}"
              .formatted(expression));
    }
    Ncrontab schedule;
    try {
      schedule = new Ncrontab(ExecutionTime.forCron(new CronParser(SIX_FIELDS).parse(expression)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is no NCRONTAB schedule: %s".formatted(expression, e.getMessage()), e);
    }
    if (schedule
        .times
        .nextExecution(ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC))
        .isEmpty()) {
      throw new IllegalArgumentException("'%s' never comes due".formatted(expression));
    }
    return schedule;
  }

  /** The first time after {@code instant}, never that time itself. */
  Instant next(Instant instant) {
    return times
        .nextExecution(instant.atZone(ZoneOffset.UTC))
        .orElseThrow(() -> new IllegalStateException("The schedule has no further time"))
        .toInstant();
  }
}
