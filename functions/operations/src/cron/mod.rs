//! The cron expressions of EventBridge Scheduler
//! (<https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>): minutes, hours, day of the month, month,
//! day of the week and year, with `*`, `?`, `,`, `-`, `/`, and `L`, `W` and `#` for days.

mod fields;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

pub use fields::CronError;
use fields::{Field, MONTHS, MonthDays, Values, WeekDays, month_days_of, week_days_of};

/// How far ahead the next time is looked for: from one 29 February to the next, over a year that has none.
const MAX_DAYS: usize = 366 * 8 + 1;

/// When something happens, again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    minutes: Values,
    hours: Values,
    month_days: MonthDays,
    months: Values,
    week_days: WeekDays,
    years: Values,
}

impl Cron {
    /// Reads what stands between the brackets of `cron(…)`.
    pub fn parse(text: &str) -> Result<Self, CronError> {
        let fields: Vec<_> = text.split_ascii_whitespace().collect();
        let &[minutes, hours, month_days, months, week_days, years] = fields.as_slice() else {
            return Err(CronError::Fields(fields.len()));
        };
        if (month_days == "?") == (week_days == "?") {
            return Err(CronError::Days);
        }
        Ok(Self {
            minutes: Field("minutes", 0, 59, &[]).values(minutes)?,
            hours: Field("hours", 0, 23, &[]).values(hours)?,
            month_days: month_days_of(month_days)?,
            months: Field("month", 1, 12, &MONTHS).values(months)?,
            week_days: week_days_of(week_days)?,
            years: Field("year", 1970, 2199, &[]).values(years)?,
        })
    }

    /// The first time after `after`; nothing where there is none for years to come. A time that the change to summer time
    /// leaves out is left out; one that comes twice in autumn counts once.
    #[must_use]
    pub fn next(&self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let mut day = after.to_zoned(zone.clone()).date();
        for _ in 0..MAX_DAYS {
            if self.is_on(day) {
                let times = self
                    .hours
                    .iter()
                    .flat_map(|hour| self.minutes.iter().map(move |minute| (*hour, *minute)));
                let mut moments = times.filter_map(|(hour, minute)| moment(day, hour, minute, zone));
                if let Some(moment) = moments.find(|moment| *moment > after) {
                    return Some(moment);
                }
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    fn is_on(&self, day: Date) -> bool {
        let has =
            |values: &Values, value: i16| u16::try_from(value).is_ok_and(|value| values.contains(&value));
        has(&self.years, day.year())
            && has(&self.months, day.month().into())
            && self.is_on_month_day(day)
            && self.is_on_week_day(day)
    }

    fn is_on_month_day(&self, day: Date) -> bool {
        let of_month = number(day.day());
        match &self.month_days {
            MonthDays::Any => true,
            MonthDays::Each(days) => days.contains(&of_month),
            MonthDays::Last => day == day.last_of_month(),
            MonthDays::LastWeekday => {
                let last = day.last_of_month();
                nearest_weekday(last) == Some(day)
            }
            MonthDays::NearestWeekday(wanted) => i8::try_from(*wanted)
                .ok()
                .and_then(|wanted| Date::new(day.year(), day.month(), wanted).ok())
                .and_then(nearest_weekday)
                .is_some_and(|nearest| nearest == day),
        }
    }

    fn is_on_week_day(&self, day: Date) -> bool {
        let of_week = number(day.weekday().to_sunday_one_offset());
        let (of_month, days) = (number(day.day()), number(day.days_in_month()));
        match &self.week_days {
            WeekDays::Any => true,
            WeekDays::Each(wanted) => wanted.contains(&of_week),
            WeekDays::Last(wanted) => of_week == *wanted && of_month + 7 > days,
            WeekDays::Nth(wanted, nth) => of_week == *wanted && of_month.div_ceil(7) == *nth,
        }
    }
}

fn number(value: i8) -> u16 {
    value.unsigned_abs().into()
}

/// The time on a day; nothing where the clocks leave it out.
fn moment(day: Date, hour: u16, minute: u16, zone: &TimeZone) -> Option<Timestamp> {
    let time = day.at(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0);
    let zoned = time.to_zoned(zone.clone()).ok()?;
    (zoned.datetime() == time).then(|| zoned.timestamp())
}

/// The day from Monday to Friday that is nearest to a day, in the same month.
fn nearest_weekday(day: Date) -> Option<Date> {
    match day.weekday() {
        Weekday::Saturday if day.day() == 1 => day.tomorrow().ok()?.tomorrow().ok(),
        Weekday::Saturday => day.yesterday().ok(),
        Weekday::Sunday if day == day.last_of_month() => day.yesterday().ok()?.yesterday().ok(),
        Weekday::Sunday => day.tomorrow().ok(),
        _ => Some(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(cron: &str, after: &str) -> String {
        let next = Cron::parse(cron).unwrap().next(after.parse().unwrap(), &TimeZone::UTC);
        next.map_or_else(|| "never".into(), |next| next.to_string())
    }

    #[test]
    fn the_next_time_is_the_first_after_now() {
        // 22 November 2026 is a Sunday.
        let now = "2026-11-22T07:30:15Z";
        for (cron, expected) in [
            ("* * * * ? *", "2026-11-22T07:31:00Z"),
            ("30 7 * * ? *", "2026-11-23T07:30:00Z"),
            ("0/15 * * * ? *", "2026-11-22T07:45:00Z"),
            ("5,50 8-9 * * ? *", "2026-11-22T08:05:00Z"),
            ("0 10 ? * MON-FRI *", "2026-11-23T10:00:00Z"),
            ("0 10 ? * 1 *", "2026-11-22T10:00:00Z"),
            ("0 0 1 JAN ? *", "2027-01-01T00:00:00Z"),
            ("0 0 L * ? *", "2026-11-30T00:00:00Z"),
            ("0 0 29 2 ? *", "2028-02-29T00:00:00Z"),
            ("0 12 ? * 6L *", "2026-11-27T12:00:00Z"),
            ("0 12 ? * FRI#1 *", "2026-12-04T12:00:00Z"),
            ("0 12 ? * L *", "2026-11-28T12:00:00Z"),
            // 28 and 29 November are a weekend; so are 1 and 2 August 2026 and, at a month's end, 30 and 31 May.
            ("0 12 28W * ? *", "2026-11-27T12:00:00Z"),
            ("0 12 29W * ? *", "2026-11-30T12:00:00Z"),
            ("0 12 LW 1 ? *", "2027-01-29T12:00:00Z"),
            ("0 0 1 1 ? 2026", "never"),
        ] {
            assert_eq!(next(cron, now), expected, "{cron}");
        }
        assert_eq!(next("0 12 1W 8 ? *", "2026-01-01T00:00:00Z"), "2026-08-03T12:00:00Z");
        assert_eq!(next("0 12 31W 5 ? *", "2026-01-01T00:00:00Z"), "2026-05-29T12:00:00Z");
    }

    #[test]
    fn summer_time_leaves_an_hour_out_and_brings_one_twice() {
        let zone = TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").unwrap();
        let cron = Cron::parse("30 1 * * ? *").unwrap();
        let next = |after: &str| cron.next(after.parse().unwrap(), &zone).unwrap().to_string();
        // On 29 March 2026 there is no half past one.
        assert_eq!(next("2026-03-28T12:00:00Z"), "2026-03-30T00:30:00Z");
        // On 25 October 2026 there are two.
        assert_eq!(next("2026-10-24T12:00:00Z"), "2026-10-25T00:30:00Z");
        assert_eq!(next("2026-10-25T00:30:00Z"), "2026-10-26T01:30:00Z");
    }

    #[test]
    fn what_the_scheduler_would_refuse_is_refused() {
        for bad in [
            "",
            "* * * * *",
            "* * * * * *",
            "* * ? * ? *",
            "60 * * * ? *",
            "* 24 * * ? *",
            "* * 0 * ? *",
            "* * 32 * ? *",
            "* * * 13 ? *",
            "* * * FOO ? *",
            "* * ? * 8 *",
            "* * ? * 0 *",
            "* * ? * MON#6 *",
            "* * * * ? 1969",
            "5-1 * * * ? *",
            "*/0 * * * ? *",
            "-1 * * * ? *",
            "+1 * * * ? *",
            "1,,2 * * * ? *",
            "a * * * ? *",
        ] {
            assert!(Cron::parse(bad).is_err(), "{bad}");
        }
        let error = Cron::parse("60 * * * ? *").unwrap_err().to_string();
        assert!(error.contains("`60`") && error.contains("minutes"), "{error}");
    }
}
